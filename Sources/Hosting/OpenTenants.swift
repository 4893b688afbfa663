internal import Storage
internal import Synchronization

/// The tenants whose databases are open, not more than the descriptors and the memory allow.
///
/// A few places are kept free: tenants are closed in the background, which takes syncs, so that whoever opens one need
/// not wait for that.
final class OpenTenants: Sendable {
    private struct State {
        var tenants: [TenantName: (tenant: Tenant, use: UInt64)] = [:]
        var clock: UInt64 = 0
        /// Tenants that are to be closed in the background.
        var closing = 0
        var isStopping = false
    }

    private let state = Mutex(State())
    private let limit: Int
    /// More than this many are too many, once there is time.
    private let target: Int
    /// Several, since they wait for the disk.
    private let closers = WorkerPool(threads: 4)
    /// Those whose changes wait to be committed.
    let unfinished = UnfinishedTenants()
    /// Connections of all tenants that only read and have nothing to do.
    let readers = IdleReaders(limit: 128)
    /// Tables of plugins may differ from tenant to tenant, all others come from the same migrations.
    let shapes = CapturedShapes { !$0.contains(TablePrefix.separator) }

    /// - Parameter limit: How many may be open at a time.
    init(limit: Int) {
        self.limit = limit
        target = limit - limit / 16
    }

    var count: Int { state.withLock { $0.tenants.count } }

    func add(_ tenant: Tenant) {
        let surplus = state.withLock { state -> [Tenant] in
            state.clock += 1
            state.tenants[tenant.name] = (tenant, state.clock)
            guard target < limit, state.tenants.count > target, state.closing == 0, !state.isStopping else { return [] }
            // Some at once, so that it need not sort for every guest.
            let surplus = Self.oldest(of: state, beyond: target - limit / 32)
            state.closing = surplus.count
            return surplus
        }
        for tenant in surplus {
            closers.submit { [self] in
                close(tenant)
                state.withLock { $0.closing -= 1 }
            }
        }
    }

    /// A tenant whose database is open, be it that it is being taken out of service.
    func tenant(_ name: TenantName) -> Tenant? { state.withLock { $0.tenants[name]?.tenant } }

    /// Notes that a tenant is in use.
    func touch(_ name: TenantName) {
        state.withLock { state in
            state.clock += 1
            let now = state.clock
            state.tenants[name]?.use = now
        }
    }

    /// Closes the tenants used longest ago until one more fits; those in use stay, even beyond the limit.
    func makeRoom() {
        for tenant in state.withLock({ Self.oldest(of: $0, beyond: limit - 1) }) { close(tenant) }
    }

    /// The tenants used longest ago, as many as there are beyond `number`.
    private static func oldest(of state: State, beyond number: Int) -> [Tenant] {
        let count = state.tenants.count - number
        guard count > 0 else { return [] }
        return state.tenants.values.sorted { $0.use < $1.use }.prefix(count).map(\.tenant)
    }

    /// Closes every tenant that is not in use.
    func closeAll() {
        for (tenant, _) in state.withLock({ Array($0.tenants.values) }) { close(tenant) }
    }

    /// Closes every tenant that is not in use, and nothing in the background any more.
    func stop() {
        let tenants = state.withLock { state in
            state.isStopping = true
            return state.tenants.values.map(\.tenant)
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
            if database != nil { state.tenants[tenant.name] = nil }
            return database
        }
        guard let database else { return }
        // What could not be written back is read when the file is next opened, unless the disk fails.
        do { try database.close() } catch { tenant.haltIfFaulty(error) }
        tenant.hasClosed()
    }
}
