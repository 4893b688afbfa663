internal import Storage
internal import Synchronization

/// What has been committed and may still be lost with the power: nobody is told of it.
extension Tenant {
    /// What waits until a change survives loss of power.
    struct Deferred {
        let seq: Int64
        let run: @Sendable () -> Void
    }

    /// How far a snapshot is ahead of what survives loss of power; nil when it is not.
    func unsafeChange(in transaction: ReadTransaction) throws -> Int64? {
        // Set before anything is committed: where it is not, the snapshot has seen nothing that may be lost.
        guard state.withLock({ $0.isCommitting }) else { return nil }
        guard let seq = try transaction.applied()?.seq else { return nil }
        return state.withLock { seq > $0.durableSeq } ? seq : nil
    }

    /// Runs something once a change survives loss of power; at once when `seq` is nil.
    func whenDurable(_ seq: Int64?, _ run: @escaping @Sendable () -> Void) {
        let isDurable = state.withLock { state in
            guard let seq, state.isCommitting, seq > state.durableSeq else { return true }
            state.deferred.append(Deferred(seq: seq, run: run))
            return false
        }
        if isDurable { run() }
    }

    /// Everything committed survives loss of power, up to `seq` when something was.
    func noteDurable(_ seq: Int64?) {
        let deferred = state.withLock { state in
            state.isCommitting = false
            if let seq { state.durableSeq = max(state.durableSeq, seq) }
            defer { state.deferred = [] }
            return state.deferred
        }
        for waiting in deferred { waiting.run() }
    }
}
