internal import Storage
internal import Synchronization

/// The tenants whose databases are open, not more than the descriptors allow.
///
/// Some places are kept free: tenants are closed in the background, which takes syncs, so that whoever opens one need not
/// wait for that.
final class OpenTenants: Sendable {
    private struct State {
        var guests = OpenGuests()
        /// Background threads thin them out.
        var isThinning = false
        /// Tenants that those have still to close.
        var closing = 0
        var isStopping = false
    }

    private let state = Mutex(State())
    private let limit: OpenLimit
    /// More than this is too much, once there is time.
    private let target: OpenLimit
    /// So much stays then.
    private let rest: OpenLimit
    /// Several, since they wait for the disk.
    private let closers = WorkerPool(threads: 4)
    /// Those whose changes wait to be committed.
    let unfinished = UnfinishedTenants()
    /// Connections of all tenants that only read and have nothing to do.
    let readers = IdleReaders(limit: 128)
    /// Connections of all tenants that change something.
    let pool: ConnectionPool

    init(limit: OpenLimit) {
        self.limit = limit
        // Tables of plugins may differ from tenant to tenant, all others come from the same migrations.
        let shapes = CapturedShapes { !$0.contains(TablePrefix.separator) }
        pool = ConnectionPool(limit: limit.connections, capturing: shapes)
        target = limit.reduced(by: 2, of: 32)
        rest = limit.reduced(by: 3, of: 32)
    }

    var count: Int { state.withLock { $0.guests.count } }

    /// How many have a connection.
    var warmCount: Int { pool.count }

    func add(_ tenant: Tenant) {
        change { $0.add(tenant) }
    }

    /// Notes that a tenant is in use.
    func touch(_ name: TenantName) {
        change { $0.touch(name) }
    }

    /// Notes that a reader has been opened: once it is closed SQLite keeps its descriptor, since closing that too would take
    /// away the writer's locks (https://sqlite.org/src/file/src/os_unix.c).
    func noteReader(of name: TenantName) {
        change { $0.addDescriptor(of: name) }
    }

    /// A tenant whose database is open, be it that it is being taken out of service.
    func tenant(_ name: TenantName) -> Tenant? { state.withLock { $0.guests[name] } }

    /// Makes a change, and has them thinned out where they are too many then.
    private func change(_ body: (inout OpenGuests) -> Void) {
        let isTooMuch = state.withLock { state in
            body(&state.guests)
            guard !state.isThinning, !state.isStopping, state.guests.exceeds(target) else { return false }
            state.isThinning = true
            return true
        }
        if isTooMuch { closers.submit { [self] in thinOut() } }
    }

    /// Closes those that were used longest ago.
    private func thinOut() {
        // Looked for outside of the lock, which every request takes.
        let toClose = state.withLock { $0.guests }.surplus(beyond: rest)
        state.withLock { state in
            state.closing = toClose.count
            state.isThinning = !toClose.isEmpty
        }
        for guest in toClose {
            closers.submit { [self] in
                close(guest.tenant)
                state.withLock { state in
                    state.closing -= 1
                    state.isThinning = state.closing > 0
                }
            }
        }
    }

    /// Closes the tenants used longest ago until one more fits; those in use stay, even beyond the limit.
    func makeRoom() {
        var limit = limit
        limit.tenants -= 1
        for guest in state.withLock({ $0.guests.surplus(beyond: limit) }) { close(guest.tenant) }
    }

    /// Closes every tenant that is not in use.
    func closeAll() {
        for tenant in state.withLock({ $0.guests.tenants }) { close(tenant) }
    }

    /// Closes every tenant that is not in use, and nothing in the background any more.
    func stop() {
        let tenants = state.withLock { state in
            state.isStopping = true
            return state.guests.tenants
        }
        for tenant in tenants { closers.submit { [self] in close(tenant) } }
        closers.stop()
    }

    /// Takes a tenant off the list in the same step as its database, so that a reopening comes before or after both; the
    /// file itself is closed outside the lock, since that may take a checkpoint.
    ///
    /// One whose open transaction cannot be committed stays open: it is in the journal, and whoever opened the file anew would
    /// not see it.
    func close(_ tenant: Tenant) {
        guard (try? tenant.finish()) != nil else { return }
        let database = state.withLock { state -> Database? in
            let database = tenant.releaseIfIdle()
            if database != nil { state.guests.remove(tenant.name) }
            return database
        }
        guard let database else { return }
        // What could not be written back is read when the file is next opened, unless the disk fails.
        do { try database.close() } catch { tenant.haltIfFaulty(error) }
        tenant.hasClosed()
    }
}
