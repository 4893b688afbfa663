import CSQLite

/// The same questions to SQLite itself, each with the best index we know, FTS5 among them.
final class RawSearch {
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    /// Opens a file that nobody changes, and makes the full-text indexes beside it.
    ///
    /// - Throws: ``BenchError/sqlite(code:message:)``.
    init(shop: String, beside path: String) throws(BenchError) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw .sqlite(code: code, message: String(cString: sqlite3_errstr(code)))
        }
        handle = opened
        try run(
            """
            ATTACH '\(shop)' AS shop;
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE VIRTUAL TABLE name USING fts5(text, content='', prefix='1 2 3 4');
            CREATE VIRTUAL TABLE address USING fts5(text, content='', tokenize='trigram');
            BEGIN;
            INSERT INTO name (rowid, text) SELECT id, name_key FROM shop.customer;
            INSERT INTO address (rowid, text) SELECT id, email_key FROM shop.customer;
            COMMIT;
            """)
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Runs a query with a text or a number as its one parameter.
    ///
    /// - Returns: How many rows came.
    /// - Throws: ``BenchError/sqlite(code:message:)``.
    func rows(_ sql: String, _ text: String) throws(BenchError) -> Int {
        let statement = try statement(sql)
        defer { sqlite3_reset(statement) }
        if sqlite3_bind_parameter_count(statement) > 0 {
            sqlite3_bind_text(statement, 1, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
        var rows = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows += 1
                // A row counts once its columns have been read.
                for column in 0..<sqlite3_column_count(statement) { _ = sqlite3_column_text(statement, column) }
            case SQLITE_DONE: return rows
            case let code: throw .sqlite(code: code, message: String(cString: sqlite3_errmsg(handle)))
            }
        }
    }

    private func statement(_ sql: String) throws(BenchError) -> OpaquePointer? {
        if let known = statements[sql] { return known }
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
        guard code == SQLITE_OK, let prepared else {
            throw .sqlite(code: code, message: String(cString: sqlite3_errmsg(handle)))
        }
        statements[sql] = prepared
        return prepared
    }

    private func run(_ sql: String) throws(BenchError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw .sqlite(code: code, message: String(cString: sqlite3_errmsg(handle))) }
    }
}
