import CSQLite

/// What a file holds: its rows as SQL literals by table, but for the orders' digests.
struct TableDump {
    struct Failure: Error, Equatable {
        let sql: String
    }

    private(set) var rows: [String: [String]] = [:]

    init(path: String) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { throw Failure(sql: path) }
        for table in try Self.column("SELECT name FROM sqlite_schema WHERE type = 'table'", in: handle) {
            let names = try Self.column("SELECT name FROM pragma_table_info('\(table)')", in: handle)
            let literals = names.filter { $0 != "content_digest" }.map { "quote(\($0))" }
            let row = literals.joined(separator: " || ',' || ")
            rows[table] = try Self.column("SELECT \(row) FROM \(table)", in: handle)
        }
    }

    /// The first column of all rows.
    private static func column(_ sql: String, in handle: OpaquePointer?) throws -> [String] {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw Failure(sql: sql) }
        var values: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            guard let text = sqlite3_column_text(statement, 0) else { throw Failure(sql: sql) }
            values.append(String(cString: text))
        }
        return values
    }
}
