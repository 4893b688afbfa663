internal import Journal
internal import Storage
internal import Synchronization

/// What has been committed and may still be lost with the power: nobody is told of it.
extension Tenant {
    /// What waits until a change survives loss of power.
    struct Deferred {
        let seq: Int64
        let run: @Sendable () -> Void
    }

    /// A batch that is told of once it, and those before it, survive loss of power: it may have seen them.
    struct CommittedBatch {
        let number: Int
        /// The number of its change; nil when it has none.
        let seq: Int64?
        /// Takes why it is lost, nil when it is not.
        let tell: @Sendable (HostError?) -> Void
        var isDurable = false
        /// Why nobody knows whether it survives.
        var loss: HostError?
    }

    /// How far a snapshot is ahead of what survives loss of power; nil when it is not.
    func unsafeChange(in transaction: ReadTransaction) throws -> Int64? {
        // Noted before anything is committed: where it is not, the snapshot has seen nothing that may be lost.
        guard state.withLock({ $0.isUnsafe }) else { return nil }
        guard let seq = try transaction.applied()?.seq else { return nil }
        return state.withLock { seq > $0.durableSeq ? seq : nil }
    }

    /// Runs something once a change survives loss of power; at once when `seq` is nil.
    func whenDurable(_ seq: Int64?, _ run: @escaping @Sendable () -> Void) {
        let isDurable = state.withLock { state in
            guard let seq, state.isUnsafe, seq > state.durableSeq else { return true }
            state.deferred.append(Deferred(seq: seq, run: run))
            return false
        }
        if isDurable { run() }
    }

    /// Takes note of a batch whose transaction is over.
    ///
    /// - Returns: What ``noteDurable(_:)`` takes.
    func enter(_ seq: Int64?, tell: @escaping @Sendable (HostError?) -> Void) -> Int {
        state.withLock { state in
            state.isWriting = false
            state.lastBatch += 1
            state.committed.append(CommittedBatch(number: state.lastBatch, seq: seq, tell: tell))
            return state.lastBatch
        }
    }

    /// A change that is being committed survives loss of power: lets go on who has seen it already.
    func noteSynced(_ seq: Int64) {
        let deferred = state.withLock { state in
            state.durableSeq = max(state.durableSeq, seq)
            return state.takeDeferred()
        }
        // By others: this thread keeps the writer.
        for waiting in deferred { pool.submit(for: use) { _ in waiting.run() } }
    }

    /// A transaction has come to nothing.
    func noteFailure() {
        let deferred = state.withLock { state in
            state.isWriting = false
            return state.takeDeferred()
        }
        for waiting in deferred { waiting.run() }
    }

    /// A batch survives loss of power: tells of it when those before it have been told, and of those that waited for it.
    ///
    /// By one thread at a time, so that nobody hears of a later change first. With `loss` it does not, and that is told.
    func noteDurable(_ number: Int, unless loss: HostError? = nil) {
        let isTeller = state.withLock { state in
            if let index = state.committed.firstIndex(where: { $0.number == number }) {
                state.committed[index].isDurable = true
                state.committed[index].loss = loss
            }
            defer { state.isTelling = true }
            return !state.isTelling
        }
        guard isTeller else { return }
        while let (batch, deferred, isHeld) = nextDurable() {
            if isHeld { submitDrain() }
            for waiting in deferred { waiting.run() }
            batch.tell(batch.loss)
        }
    }

    /// Commits what no journal has, where that was left open, syncs the log it is in, and lets it be told of.
    ///
    /// On another thread unless the batch `isAlone`, so that the next is written meanwhile.
    func syncLog(
        _ commit: Commit, _ number: Int, of database: Database, _ file: JournalFile, isAlone: Bool
    ) {
        let sync: @Sendable () -> Void = { [self] in
            // Once one has failed another would say that all is well although it is not.
            if let halted { return noteDurable(number, unless: halted) }
            do {
                try database.finish()
                try database.sync(commit)
                journal.noteSynced(commit, of: file, at: folder.registry)
                noteDurable(number)
            } catch {
                noteDurable(number, unless: halted ?? halt(Self.fault(in: error) ?? "\(error)"))
            }
        }
        if isAlone { sync() } else { pool.submit(for: use) { _ in sync() } }
    }

    /// The next batch to tell of, what has waited for it, and whether changes have.
    private func nextDurable() -> (CommittedBatch, [Deferred], isHeld: Bool)? {
        state.withLock { state in
            guard state.committed.first?.isDurable == true else {
                state.isTelling = false
                return nil
            }
            var batch = state.committed.removeFirst()
            // What was built upon a change that is lost is lost too, be it in the journal: it cannot be made again.
            state.loss = batch.loss ?? state.loss
            batch.loss = state.loss
            if let seq = batch.seq, batch.loss == nil { state.durableSeq = max(state.durableSeq, seq) }
            defer { state.isHeld = false }
            return (batch, state.takeDeferred(), state.isHeld)
        }
    }
}

extension Tenant.State {
    /// What a snapshot sees may still be lost with the power.
    var isUnsafe: Bool { isWriting || !committed.isEmpty }

    /// Nothing that is committed has to be told any more.
    var isTold: Bool { committed.isEmpty && !isTelling }

    /// Takes out what waits for nothing any more.
    mutating func takeDeferred() -> [Tenant.Deferred] {
        let isSafe = !isUnsafe
        let (durableSeq, waiting) = (durableSeq, deferred)
        deferred = waiting.filter { !isSafe && $0.seq > durableSeq }
        return waiting.filter { isSafe || $0.seq <= durableSeq }
    }
}
