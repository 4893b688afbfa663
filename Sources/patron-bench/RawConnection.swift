import CSQLite

/// A connection through SQLite's C interface, opened as the product opens its writer.
final class RawConnection {
    let handle: OpaquePointer

    /// - Throws: ``BenchError/sqlite(code:message:)``.
    init(path: String) throws(BenchError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw .sqlite(code: code, message: String(cString: sqlite3_errstr(code)))
        }
        handle = opened
        sqlite3_busy_timeout(handle, 5000)
        for pragma in RawSQL.pragmas {
            let code = pragma.utf8Start.withMemoryRebound(to: CChar.self, capacity: pragma.utf8CodeUnitCount + 1) {
                sqlite3_exec(handle, $0, nil, nil, nil)
            }
            try check(code)
        }
        // Faster than SQLite's 1,000; longer yet, many clients gain a little and a single one loses.
        sqlite3_wal_autocheckpoint(handle, 8_000)
    }

    // Statements may go later: https://sqlite.org/c3ref/close.html
    deinit { sqlite3_close_v2(handle) }

    var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// - Throws: ``BenchError/sqlite(code:message:)`` for anything but SQLITE_OK.
    func check(_ code: Int32) throws(BenchError) {
        guard code == SQLITE_OK else { throw .sqlite(code: code, message: String(cString: sqlite3_errmsg(handle))) }
    }
}
