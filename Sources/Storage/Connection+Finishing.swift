internal import CSQLite

/// Transactions that stay open over several commits, where a journal keeps what those change: a page that many of them
/// change is written once for all, and so is what each commit costs by itself.
///
/// Whoever wants to see the changes through another connection has them finished first.
extension Connection {
    /// Tells others whether something was left open.
    var watch: Unfinished { file.unfinished.watch }

    /// Whether earlier commits are in the open transaction, and would be undone with it.
    var isShared: Bool { !file.unfinished.isEmpty }

    /// Whether another commit, with so many bytes of changes, may be left in an open transaction.
    func mayStayOpen(_ length: Int) -> Bool {
        watch.mayAdd() && file.unfinished.mayTake(length) && !hasDeferredViolation
    }

    /// Commits what was left open; what SQLite has undone meanwhile is made again, as after loss of power.
    ///
    /// - Throws: ``StorageError``, ``Replay/Misfit``; it can be tried again then.
    func finish() throws {
        guard let last = file.unfinished.changes.last else { return }
        if isInTransaction {
            do {
                try noteApplied(last.seq)
                try run("COMMIT")
            } catch {
                if isInTransaction { try run("ROLLBACK") }
                throw error
            }
        } else {
            let replay = try Replay(path: file.path)
            guard try ReadTransaction(connection: self).applied()?.file == replay.position.file else {
                throw Replay.Misfit.otherFile
            }
            try replay.apply(file.unfinished.changes)
        }
        file.unfinished.removeAll()
        if let fault = log.takeFault() { throw fault }
    }

    /// Undoes what was left open, which the journal keeps, and is not to get into the file any more.
    func abandonUnfinished() throws {
        guard isShared else { return }
        // First, so that nobody who finds nothing left open takes it for finished.
        watch.abandon()
        if isInTransaction { try run("ROLLBACK") }
        file.unfinished.removeAll()
    }

    /// Whether a foreign key is violated that SQLite looks at when it commits: the commit is to fail that did it.
    private var hasDeferredViolation: Bool {
        var (count, highest): (Int32, Int32) = (0, 0)
        let code = sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &count, &highest, 0)
        return code != SQLITE_OK || count > 0
    }
}
