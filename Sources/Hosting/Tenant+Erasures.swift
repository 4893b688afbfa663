internal import Storage
internal import Synchronization

/// Erasures that are durable, while somebody who reads an older state keeps what was erased in the log.
///
/// They are answered once it is gone; everybody else's changes go on meanwhile.
extension Tenant {
    /// A change that is told once what it has overwritten is gone.
    struct Erasure {
        let done: Completion
        let failed: @Sendable (any Error) -> Void
    }

    /// Tells of an erasure that is durable, as soon as nothing of it is left in the log.
    func tell(_ erasure: Erasure, of database: Database) {
        if let halted { return erasure.failed(halted) }
        let hasReaders = state.withLock { state in
            state.erasures.append(erasure)
            return state.leases > 0
        }
        tellErasures(of: database)
        // Whoever read may have ended before this one waited.
        if !hasReaders { cutLogAgain() }
    }

    /// Tells of those that waited, where the log has been cut.
    func tellErasures(of database: Database) {
        guard database.isScrubbed else { return }
        for erasure in takeErasures() { erasure.done() }
    }

    /// Takes out what waits until the log is cut.
    func takeErasures() -> [Erasure] {
        state.withLock { state in
            defer { state.erasures = [] }
            return state.erasures
        }
    }

    /// Gives back a lease; whoever had it may have kept the log from being cut.
    func endLease() {
        state.withLock { $0.leases -= 1 }
        cutLogAgain()
    }

    /// Has the log cut where an erasure waits for that.
    func cutLogAgain() {
        let isDue = state.withLock { state in
            guard !state.erasures.isEmpty, !state.isCutting else { return false }
            state.isCutting = true
            return true
        }
        guard isDue else { return }
        // It changes nothing, but its commit cuts the log.
        write { [self] _ in
            state.withLock { $0.isCutting = false }
            return {}
        } failed: { [self] _ in
            state.withLock { $0.isCutting = false }
        }
    }
}

extension Host {
    /// Has logs cut that erasures wait for: other programs that read a tenant's file do not tell when they end.
    func cutLogsAgain() {
        for tenant in knownTenants { tenant.cutLogAgain() }
    }
}
