internal import CSQLite

/// The disk failed where a copy was to come; what it was made of is as well as before.
public struct CopyNotWritten: Error, Equatable, Sendable {
    /// Why.
    public let cause: StorageError
}

extension Connection {
    /// Pages copied at a time; a mebibyte where they are small.
    private static let pagesAtOnce: Int32 = 1_024

    /// Copies the database as the open transaction sees it into a new file, a piece at a time.
    ///
    /// The transaction keeps the pages as they are, so that changes meanwhile neither wait nor make the copy begin anew.
    /// <https://sqlite.org/c3ref/backup_finish.html>
    func copy(to path: String, _ progress: (_ done: Int, _ total: Int) throws -> Void) throws {
        // A snapshot begins with the first look.
        try rows("SELECT count(*) FROM sqlite_schema", []) { _ in true }
        let target = try Connection(path: path, mode: .readWrite)
        // Nobody needs half a copy: it is synced once it is whole.
        try target.script("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw StorageError(SQLITE_ERROR, on: target.handle)
        }
        var code = SQLITE_OK
        do {
            while code == SQLITE_OK {
                code = sqlite3_backup_step(backup, Self.pagesAtOnce)
                let total = Int(sqlite3_backup_pagecount(backup))
                try progress(total - Int(sqlite3_backup_remaining(backup)), total)
            }
        } catch {
            sqlite3_backup_finish(backup)
            throw error
        }
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else {
            let error = StorageError(code, on: target.handle)
            // This one only reads.
            throw error.isWriteFault ? CopyNotWritten(cause: error) : error
        }
    }
}
