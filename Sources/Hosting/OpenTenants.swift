internal import Storage
internal import Synchronization

/// The tenants whose databases are open, not more than the descriptors allow.
final class OpenTenants: Sendable {
    private struct State {
        var tenants: [TenantName: (tenant: Tenant, use: UInt64)] = [:]
        var clock: UInt64 = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { state.withLock { $0.tenants.count } }

    func add(_ tenant: Tenant) {
        state.withLock { state in
            state.clock += 1
            state.tenants[tenant.name] = (tenant, state.clock)
        }
    }

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
        let candidates = state.withLock { state -> [Tenant] in
            guard state.tenants.count >= limit else { return [] }
            // Some at once, so that a full house does not sort for every guest.
            let oldest = state.tenants.values.sorted { $0.use < $1.use }
            return oldest.prefix(max(state.tenants.count - limit + 1, limit / 16)).map(\.tenant)
        }
        for tenant in candidates { close(tenant) }
    }

    /// Closes every tenant that is not in use.
    func closeAll() {
        for (tenant, _) in state.withLock({ Array($0.tenants.values) }) { close(tenant) }
    }

    /// Takes a tenant off the list in the same step as its database, so that a reopening comes before or after both; the
    /// file itself is closed outside the lock, since that may take a checkpoint.
    func close(_ tenant: Tenant) {
        let database = state.withLock { state -> Database? in
            let database = tenant.releaseIfIdle()
            if database != nil { state.tenants[tenant.name] = nil }
            return database
        }
        guard let database else { return }
        database.close()
        tenant.hasClosed()
    }
}
