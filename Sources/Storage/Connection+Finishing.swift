internal import CSQLite

/// Transactions that stay open over several commits, where a journal keeps what those change: a page that many of them
/// change is written once for all, and so is what each commit costs by itself.
///
/// Whoever wants to see the changes through another connection has them finished first.
extension Connection {
    /// Bytes of changes that one transaction takes at most.
    private static let unfinishedLimit = 128 << 10
    /// How long one takes them.
    private static let unfinishedTime = Duration.seconds(1)

    /// Whether earlier commits are in the open transaction, and would be undone with it.
    var isShared: Bool { !unfinished.isEmpty }

    /// Whether another commit, with so many bytes of changes, may be left in an open transaction.
    func mayStayOpen(_ length: Int) -> Bool {
        guard watch.mayAdd(), unfinishedBytes + length <= Self.unfinishedLimit, !hasDeferredViolation else {
            return false
        }
        guard let began = unfinishedSince else { return true }
        return ContinuousClock.now - began < Self.unfinishedTime
    }

    /// Takes note of a commit that is left in the open transaction.
    func leaveOpen(_ seq: Int64, _ changes: [UInt8]) {
        if unfinished.isEmpty { unfinishedSince = .now }
        unfinished.append((seq, changes))
        unfinishedBytes += changes.count
        watch.note(true)
    }

    /// Commits what was left open; what SQLite has undone meanwhile is made again, as after loss of power.
    ///
    /// - Throws: ``StorageError``, ``Replay/Misfit``; it can be tried again then.
    func finish(path: String) throws {
        guard isShared else { return }
        if isInTransaction {
            do {
                try run("COMMIT")
            } catch {
                if isInTransaction { try run("ROLLBACK") }
                throw error
            }
        } else {
            let replay = try Replay(path: path)
            guard try ReadTransaction(connection: self).applied()?.file == replay.position.file else {
                throw Replay.Misfit.otherFile
            }
            try replay.apply(unfinished)
        }
        forgetUnfinished()
        if let fault = log.takeFault() { throw fault }
        try noteLog(path: path)
    }

    /// Undoes what was left open, which the journal keeps, and is not to get into the file any more.
    func abandonUnfinished() throws {
        guard isShared else { return }
        // First, so that nobody who finds nothing left open takes it for finished.
        watch.abandon()
        if isInTransaction { try run("ROLLBACK") }
        forgetUnfinished()
    }

    /// What was left open is committed.
    func forgetUnfinished() {
        guard isShared else { return }
        unfinished = []
        unfinishedBytes = 0
        unfinishedSince = nil
        watch.note(false)
    }

    /// Whether a foreign key is violated that SQLite looks at when it commits: the commit is to fail that did it.
    private var hasDeferredViolation: Bool {
        var (count, highest): (Int32, Int32) = (0, 0)
        let code = sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &count, &highest, 0)
        return code != SQLITE_OK || count > 0
    }
}
