internal import Registry
internal import Storage
internal import Synchronization

extension Tenant {
    /// The most jobs that share a commit.
    private static let batchLimit = 256
    /// After this long no further job joins a commit, so that the first does not wait for ever.
    private static let batchTime = Duration.milliseconds(20)

    /// Opens the database if need be and writes what waits, batch after batch, while no other tenant wants the thread.
    func drain() {
        while true {
            guard let database = openDatabase() else { return }
            let batch = state.withLock { state -> [WriteJob] in
                let batch = state.nextBatch(atMost: Self.batchLimit)
                if batch.isEmpty { state.isDraining = false }
                return batch
            }
            guard !batch.isEmpty else { return }
            commit(batch, to: database)
            if pool.isBusy {
                pool.submit { [self] in drain() }
                return
            }
        }
    }

    /// Runs the jobs in one transaction, a savepoint each, commits once, and only then lets them answer.
    ///
    /// A job that is alone needs no savepoint: when it is refused, the whole transaction goes.
    func commit(_ batch: [WriteJob], to database: Database) {
        do {
            let isSynced = batch.contains { $0.isSynced }
            let (results, seq, isRung, wakes) = try database.write(isSynced: isSynced) { [mailMark] transaction in
                let start = ContinuousClock.now
                var results: [Result<Completion, any Error>] = []
                results.reserveCapacity(batch.count)
                if batch.count == 1, batch[0].isKept {
                    results.append(.success(try batch[0].work(transaction)))
                } else {
                    for job in batch {
                        if !results.isEmpty, ContinuousClock.now - start > Self.batchTime { break }
                        results.append(try Self.attempt(job, in: transaction))
                    }
                }
                if transaction.isRung { try mailMark.set() }
                return (
                    results, try TimelineReader(transaction.reading).lastSeq(), transaction.isRung,
                    try ChannelWakeReader(transaction.reading).all()
                )
            }
            tell(wakes)
            noteGrowth(of: database)
            let postponed = batch[results.count...]
            if !postponed.isEmpty { state.withLock { $0.writes.insert(contentsOf: postponed, at: 0) } }
            for (job, result) in zip(batch, results) {
                switch result {
                case .success(let completion): completion()
                case .failure(let error): job.failed(error)
                }
            }
            if isRung { ring() }
            // Asked only now: who began to watch during the transaction must be told too.
            for callback in state.withLock({ Array($0.watchers.values) }) { callback(seq) }
        } catch {
            for job in batch { job.failed(error) }
        }
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

    /// The open database; nil when it cannot be opened, and everything that waited has been refused.
    private func openDatabase() -> Database? {
        if let open = state.withLock({ $0.database }) { return open }
        do {
            openTenants.makeRoom()
            let database = try Database(path: folder.registry, migrations: RegistrySchema.migrations)
            try channels.installTables(in: database)
            let faults = channels.installTables(of: profile, in: database)
            let hasSearchBacklog = try Self.restore(database)
            try wakeAtOpening(database)
            let readsToStart = state.withLock { state -> Int in
                state.database = database
                state.tableFaults = faults
                let count = min(state.reads.count, Self.readLimit - state.activeReads)
                state.activeReads += count
                return count
            }
            openTenants.add(self)
            noteGrowth(of: database)
            for _ in 0..<readsToStart { startReading() }
            if hasSearchBacklog { enterSearchBacklog() }
            return database
        } catch {
            let (writes, reads) = state.withLock { state in
                defer { (state.writes, state.reads, state.isDraining) = ([], [], false) }
                return (state.writes, state.reads)
            }
            let reason: any Error = error is NewerDatabase ? HostError.newerFile : error
            writes.forEach { $0.failed(reason) }
            reads.forEach { $0.failed(reason) }
            return nil
        }
    }

    /// Runs reads that wait until there are none.
    func drainReads() {
        while true {
            let (job, database) = state.withLock { state -> (ReadJob?, Database?) in
                guard let database = state.database, !state.reads.isEmpty else {
                    state.activeReads -= 1
                    return (nil, nil)
                }
                return (state.reads.removeFirst(), database)
            }
            guard let job, let database else { return }
            do {
                try database.read(job.work)()
            } catch {
                job.failed(error)
            }
            if isReadingBusy {
                startReading()
                return
            }
        }
    }

    /// Lets go of the database if nobody uses it; nil when it is in use or not open.
    ///
    /// It closes when the caller drops it.
    func releaseIfIdle() -> Database? {
        state.withLock { state in
            guard !state.isDraining, state.activeReads == 0, state.reads.isEmpty, state.leases == 0 else { return nil }
            defer { state.database = nil }
            return state.database
        }
    }
}
