internal import Journal
internal import Registry
internal import Storage
internal import Synchronization

extension Tenant {
    /// The most jobs that share a commit.
    private static let batchLimit = 256
    /// After this long no further job joins a commit, so that the first does not wait for ever.
    private static let batchTime = Duration.milliseconds(20)

    /// So many batches are under way at a time: one is synced while the next is written.
    private static let underWayLimit = 2

    /// Opens the database if need be and writes what waits, batch after batch, while no other tenant wants the thread.
    ///
    /// `isYielding` says whether the thread is one for steps of something long, `lane` whom it serves otherwise.
    func drain(isYielding: Bool, on lane: FairPool.Lane) {
        while true {
            guard let database = openDatabase() else { return }
            guard isInPlace else { return abandon() }
            let isLong = state.withLock { $0.writes.first?.isLong ?? isYielding }
            guard isLong == isYielding else { return submitDrain() }
            let batch = state.withLock { state -> [WriteJob] in
                guard state.committed.count < Self.underWayLimit else {
                    state.isHeld = true
                    return []
                }
                let batch = state.nextBatch(atMost: Self.batchLimit)
                if batch.isEmpty { state.isDraining = false }
                return batch
            }
            guard !batch.isEmpty else { return }
            pool.measure(use, on: lane) { commit(batch, to: database) }
            let isOver = state.withLock { state in
                if state.writes.isEmpty { state.isDraining = false }
                return state.writes.isEmpty
            }
            if isOver { return }
            if pool.isWanted(by: use, on: lane) { return submitDrain() }
        }
    }

    /// What a batch has become.
    private struct Outcome: Sendable {
        /// When its transaction began, on the clock that nobody sets.
        let began: Int64
        var results: [Result<Completion, any Error>] = []
        /// Those whose answers wait until the log is cut.
        var erasing: Set<Int> = []
        var isRung = false
        var state = CommitState()
    }

    /// Runs the jobs in one transaction, a savepoint each, commits once, and lets them answer once that is durable.
    ///
    /// A job that is alone in its transaction needs no savepoint: when it is refused, the whole transaction goes.
    ///
    /// With `isOpening` it is durable when this returns, since nobody drains yet.
    func commit(_ batch: [WriteJob], to database: Database, isOpening: Bool = false) {
        state.withLock { $0.isWriting = true }
        let began = quota.uptime()
        do {
            let synced: @Sendable (Int64) -> Void = { [self] in noteSynced($0) }
            let (outcome, commit) = try database.commit(
                isBulk: batch[0].isLong, mayStayOpen: !isOpening && mayStayOpen(in: database), synced: synced
            ) { [mailMark, ledger] transaction in
                let start = ContinuousClock.now
                var outcome = Outcome(began: began)
                outcome.results.reserveCapacity(batch.count)
                for job in batch {
                    if !outcome.results.isEmpty, ContinuousClock.now - start > Self.batchTime { break }
                    let scrubs = transaction.scrubs
                    let isSingle = batch.count == 1 && job.isKept && !transaction.isShared
                    outcome.results.append(
                        isSingle ? .success(try job.work(transaction)) : try Self.attempt(job, in: transaction))
                    if transaction.scrubs > scrubs { outcome.erasing.insert(outcome.results.count - 1) }
                }
                outcome.isRung = transaction.isRung
                if outcome.isRung { try mailMark.set() }
                let now = try CommitState(transaction.reading)
                outcome.state = now
                let kept = ledger.keptVersion
                if now.ledger > kept { try LedgerNews(transaction).drop(upTo: kept) }
                return outcome
            }
            if database.isUnfinished { noteUnfinished() }
            noteGrowth(of: database)
            if !batch[0].isLong { noteLog(of: database) }
            let postponed = batch[outcome.results.count...]
            if !postponed.isEmpty { state.withLock { $0.writes.insert(contentsOf: postponed, at: 0) } }
            guard let file = state.withLock({ $0.file }) else { preconditionFailure("the database is open") }
            if isOpening {
                try database.sync(commit)
                journal.noteSynced(commit, of: file, at: folder.registry)
            }
            let number = enter(commit.seq) { [self] loss in
                guard let loss else { return tell(batch, outcome, of: database) }
                for job in batch { job.failed(loss) }
            }
            // Whoever has other tenants beside it leaves the sync to the one thread that does it for all.
            let isAlone = state.withLock { $0.writes.isEmpty && $0.committed.count == 1 } && !pool.isShared
            if !isOpening, case .unsynced = commit {
                return syncLog(commit, number, of: database, file, isAlone: isAlone)
            }
            let isDurable =
                isOpening
                || journal.keep(commit, of: file, at: folder.registry, mayWait: isAlone) { [self] isKept in
                    if isKept { return noteDurable(number) }
                    syncLog(commit, number, of: database, file, isAlone: true)
                }
            if isDurable { noteDurable(number) }
        } catch {
            let error = reason(of: haltIfFaulty(error))
            noteFailure()
            for job in batch { job.failed(error) }
        }
    }

    /// Answers a batch that is durable, and whoever has seen it.
    private func tell(_ batch: [WriteJob], _ outcome: Outcome, of database: Database) {
        meter.countCommit(of: outcome.results.count, nanoseconds: quota.uptime() - outcome.began)
        tell(outcome.state.wakes)
        let answer: Completion = { [self] in
            for (index, (job, result)) in zip(batch, outcome.results).enumerated() {
                switch result {
                case .success(let completion) where outcome.erasing.contains(index):
                    tell(Erasure(done: completion, failed: job.failed), of: database)
                case .success(let completion): completion()
                case .failure(let error): job.failed(error)
                }
            }
            tellErasures(of: database)
        }
        if outcome.state.ledger > ledger.keptVersion {
            keepLedger(outcome.state.ledger, of: database, then: answer)
        } else {
            answer()
        }
        if outcome.isRung { ring() }
        // Asked only now: who began to watch during the transaction must be told too.
        for callback in state.withLock({ Array($0.watchers.values) }) { callback(outcome.state.seq) }
    }

    /// - Throws: What ends the whole transaction; what a single job throws is its result.
    private static func attempt(
        _ job: WriteJob, in transaction: WriteTransaction
    ) throws -> Result<Completion, any Error> {
        do {
            return .success(try transaction.savepoint(isKept: job.isKept) { try job.work(transaction) })
        } catch let lost as TransactionLost {
            throw lost
        } catch {
            return .failure(error)
        }
    }
}
