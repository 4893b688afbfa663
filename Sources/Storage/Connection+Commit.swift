extension Connection {
    /// Runs `body` in one transaction and `last` after it, then commits, unless `last` tells to leave it open.
    ///
    /// Commits that were left open come along: where it comes to nothing they are undone too, and made again by
    /// ``finish()``.
    ///
    /// - Throws: ``StorageError``, or what the closures throw. It is not undone where the disk failed while its commit
    ///   copied the log back.
    func transact<Result>(
        _ last: (WriteTransaction) throws -> Bool, _ body: (WriteTransaction) throws -> Result
    ) throws -> Result {
        if !isShared {
            try run("BEGIN IMMEDIATE")
            lastIDs.removeAll(keepingCapacity: true)
        }
        isRung = false
        do {
            let transaction = WriteTransaction(connection: self)
            let result = try body(transaction)
            guard try !last(transaction) else { return result }
            try run("COMMIT")
            file.unfinished.removeAll()
            if let fault = log.takeFault() { throw fault }
            return result
        } catch {
            if isInTransaction { try run("ROLLBACK") }
            throw error
        }
    }

    /// Commits what `body` does, with the number of the change where rows have changed.
    ///
    /// The log is synced when the changes cannot be told; where others before could not, it is
    /// left to the caller, so that the next change need not wait for the disk.
    func commit<Result>(
        isBulk: Bool, mayStayOpen: Bool, synced: (Int64) -> Void,
        _ body: (WriteTransaction) throws -> Result
    ) throws -> (Result, Commit) {
        guard let capture else { preconditionFailure("the database is captured") }
        if isBulk || !isInTransaction { try finish() }
        let count = schemaChanges
        capture.start(isOn: !isBulk, schema: count)
        var (seq, isEmpty): (Int64, Bool) = (0, false)
        var changes: [UInt8]?
        let result = try transact(
            { [self] transaction in
                if schemaChanges != count { capture.noteUntold() }
                guard !isBulk, !capture.isEmpty || capture.isIncomplete || log.isUnsynced || isToBeScrubbed else {
                    return isShared
                }
                isEmpty = capture.isEmpty
                // In two steps: for a RETURNING clause SQLite makes a temporary table each time.
                let last =
                    try file.unfinished.changes.last?.seq
                    ?? transaction.reading.first("SELECT seq FROM applied WHERE id = 1") { $0.integer(0) }
                seq = last.map { $0 + 1 } ?? 0
                let isTold = !capture.isIncomplete && !isToBeScrubbed && !log.isUnsynced
                if isTold { changes = capture.bytes }
                if let changes, mayStayOpen, self.mayStayOpen(changes.count) {
                    file.unfinished.add(seq, changes)
                    return true
                }
                try noteApplied(seq)
                return false
            }, body)
        if isBulk {
            log.noteUnsynced()
            return (result, .postponed)
        }
        guard seq > 0 else { return (result, .unchanged) }
        if let changes { return (result, .captured(seq: seq, changes: changes)) }
        guard capture.isIncomplete || isToBeScrubbed else {
            return (result, .unsynced(seq: seq, mark: log.noteUnsynced()))
        }
        let mark = log.noteUnsynced()
        try LogFile.sync(of: file.path)
        log.noteSynced(upTo: mark)
        synced(seq)
        let isScrubbed = isToBeScrubbed
        if isToBeScrubbed { isToBeScrubbed = try !cutLog(isAskedFor: isEmpty) }
        // What is cut off the log must not be there again after loss of power.
        if isScrubbed, !isToBeScrubbed { try LogFile.sync(of: file.path) }
        log.note(isScrubbed: !isToBeScrubbed)
        return (result, .synced(seq: seq, isScrubbed: isScrubbed))
    }
}
