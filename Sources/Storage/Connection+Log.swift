internal import CSQLite
internal import Synchronization

/// The log, which has to be copied back into the file now and then, and is cut where something is to be gone.
extension Connection {
    /// How long readers are waited for before a log is cut, in milliseconds.
    private static let cutPatience: Int32 = 1_000
    private static let retryPatience: Int32 = 50

    /// Writes the log back and cuts it to nothing; waits for whoever copies it back, and a moment for readers of an older
    /// state.
    ///
    /// For a reader that takes long only the first try waits, so that it holds up no more changes, and a little where that
    /// is all the transaction was for.
    ///
    /// - Returns: Whether nothing is left of it. (https://sqlite.org/pragma.html#pragma_wal_checkpoint)
    /// - Throws: ``StorageError`` where the disk fails.
    func cutLog(isAskedFor: Bool = false) throws -> Bool {
        sqlite3_busy_timeout(handle, file.hasCutInVain ? isAskedFor ? Self.retryPatience : 0 : Self.cutPatience)
        defer { sqlite3_busy_timeout(handle, Self.patience) }
        var isCut = false
        try log.copying.withLock { _ in
            do {
                try rows("PRAGMA wal_checkpoint(TRUNCATE)", []) { row in
                    isCut = row.integer(0) == 0
                    return false
                }
            } catch let error as StorageError where !error.isDiskFault {
                // As when the disk is full: nothing is lost, and the log is written back later.
            }
        }
        file.hasCutInVain = !isCut
        return isCut
    }

    /// Copies the log back beside whoever writes.
    ///
    /// - Throws: ``StorageError``.
    func copyLogBack() throws {
        // SQLite opens the log when it first reads, which this does without the whole schema.
        try script("PRAGMA schema_version")
        let code = sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        // Somebody else is at it where it is busy.
        guard code == SQLITE_OK || code & 0xff == SQLITE_BUSY else { throw StorageError(code, on: handle) }
    }

    /// Gives back the memory that bulk has taken, and keeps the log as short as everyday work needs it.
    func endBulk() throws {
        try script("PRAGMA cache_size = -2000; PRAGMA shrink_memory")
        log.setLimit(LogWatch.usualLimit)
        file.isInBulk = false
    }

    /// Copies the log back as closing does, which would not tell that it cannot; the log stays then.
    func finishLog() throws {
        do {
            try copyLogBack()
        } catch {
            _ = patron_sqlite3_keep_log(handle)
            throw error
        }
    }
}
