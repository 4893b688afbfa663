internal import Journal
internal import Registry
internal import Storage
internal import Synchronization

extension Tenant {
    /// The open database; nil when it cannot be opened, and everything that waited has been refused.
    func openDatabase() -> Database? {
        if let open = state.withLock({ $0.database }) { return open }
        do {
            if let reason = try journal.stopReason(of: name, in: folder) { throw HostError.stopped(reason) }
            openTenants.makeRoom()
            try requireRegistry()
            let (database, faults, hasSearchBacklog) = try withDescriptors { try openFile() }
            // Whoever reads or closes it may be the first to meet the failure of its disk.
            database.explainErrors { [weak self] in self?.haltIfFaulty($0) ?? $0 }
            let readsToStart = state.withLock { state -> Int in
                state.database = database
                state.place = FileIdentity(folder.registry)
                state.hasBeenOpen = true
                state.tableFaults = faults
                state.hasBeenRead = false
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
            let reason = reason(of: haltIfFaulty(error))
            writes.forEach { $0.failed(reason) }
            reads.forEach { $0.failed(reason) }
            return nil
        }
    }

    /// Opens the file and makes it fit for use.
    ///
    /// - Returns: What is wrong with tables of plugins too, and whether customers wait to be entered into the search index.
    private func openFile() throws -> (Database, [String: any Error], Bool) {
        let database = try Database(
            path: folder.registry, migrations: RegistrySchema.migrations, sharing: openTenants.pool,
            readers: openTenants.readers)
        try channels.installTables(in: database)
        let faults = channels.installTables(of: profile, in: database)
        let hasSearchBacklog = try Self.restore(database)
        try database.layOut()
        try matchLedger(database)
        guard let applied = try database.readAsWriter({ try $0.applied() }) else { throw HostError.damagedFile }
        state.withLock { state in
            state.file = JournalFile(key: applied.file, name: name.description)
            state.durableSeq = applied.seq
        }
        try wakeAtOpening(database)
        if let halted {
            try? database.keepLog()
            throw halted
        }
        return (database, faults, hasSearchBacklog)
    }

    /// Runs reads that wait until there are none.
    func drainReads(on lane: FairPool.Lane) {
        while true {
            let (job, database, isFirst) = state.withLock { state -> (ReadJob?, Database?, Bool) in
                guard let database = state.database, !state.reads.isEmpty else {
                    state.activeReads -= 1
                    return (nil, nil, false)
                }
                defer { state.hasBeenRead = true }
                return (state.reads.removeFirst(), database, !state.hasBeenRead)
            }
            guard let job, let database else { return }
            if isFirst { openTenants.noteReader(of: name) }
            readers.measure(use, on: lane) { run(job, on: database) }
            if readers.isWanted(by: use, on: lane) { return startReading() }
        }
    }

    /// Runs a read; what it has seen must be durable before it answers, be it with a refusal.
    private func run(_ job: ReadJob, on database: Database) {
        do {
            guard isInPlace else { throw absence }
            let (outcome, seq) = try withDescriptors {
                try database.read { [self] transaction in
                    let outcome = Result { try job.work(transaction) }
                    return (outcome, try unsafeChange(in: transaction))
                }
            }
            whenDurable(seq) { [self] in
                if seq != nil, let halted { return job.failed(halted) }
                switch outcome {
                case .success(let completion): completion()
                case .failure(let error): job.failed(error)
                }
            }
        } catch {
            job.failed(reason(of: error))
        }
    }

    /// Lets go of the database if nobody uses it; nil when it is in use or not open.
    ///
    /// Whoever gets it closes it, and then calls ``hasClosed()``.
    func releaseIfIdle() -> Database? {
        state.withLock { state in
            // What was erased would stay in the log while another program reads from it; a file that goes is closed all the
            // same.
            guard state.erasures.isEmpty || state.retirement != nil else { return nil }
            guard !state.isDraining, state.isTold, state.activeReads == 0, state.reads.isEmpty, state.leases == 0 else {
                return nil
            }
            guard let database = state.database, !database.isUnfinished else { return nil }
            state.database = nil
            state.isClosing = true
            return database
        }
    }

    /// What ``releaseIfIdle()`` gave is closed.
    func hasClosed() {
        state.withLock { $0.isClosing = false }
    }
}
