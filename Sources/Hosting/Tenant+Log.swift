internal import Storage
internal import Synchronization

/// The registry's log, which has to be copied back into its file now and then.
extension Tenant {
    /// In pages; a commit that makes the log 32,000 long copies it back by itself.
    private static let logStep = 3_500
    /// Nanoseconds between two copies at least: a page that is changed often is copied and synced once for all of it.
    private static let logPause: Int64 = 250_000_000

    /// Has a log that has become long copied back while changes go on: what is copied then, no commit has to wait for.
    func noteLog(of database: Database) {
        let length = database.logLength
        let now = quota.uptime()
        let isDue = state.withLock { state in
            defer { state.logLength = length }
            guard length / Self.logStep > state.logLength / Self.logStep, !state.isCopyingLog,
                now - state.logCopiedAt >= Self.logPause
            else { return false }
            state.logCopiedAt = now
            state.isCopyingLog = true
            state.leases += 1
            return true
        }
        guard isDue else { return }
        steps.submit { [self] in
            // What keeps it from being copied, but for the disk, goes by: it is copied later.
            try? database.copyLogBack()
            state.withLock { $0.isCopyingLog = false }
            endLease()
        }
    }

    /// Copies the registry's log back into its file, so that no change has to wait for that.
    ///
    /// - Throws: Why it cannot be copied; where the disk fails the tenant is stopped.
    public func copyLogBack() throws {
        let database = try lease()
        defer { endLease() }
        try database.copyLogBack()
    }
}
