internal import CSQLite

/// What a file holds: its rows as SQL literals by table.
public struct TableDump {
    /// A statement that SQLite does not carry out.
    public struct Failure: Error, Equatable {
        let sql: String
    }

    /// The rows of each table, in the order SQLite has them.
    public private(set) var rows: [String: [String]] = [:]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: A database that nobody writes to.
    ///   - isKept: Whether a column of this name is among what is read.
    /// - Throws: ``Failure``.
    public init(path: String, where isKept: (_ column: String) -> Bool) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { throw Failure(sql: path) }
        for table in try Self.column("SELECT name FROM sqlite_schema WHERE type = 'table'", in: handle) {
            let names = try Self.column("SELECT name FROM pragma_table_info('\(table)')", in: handle)
            let literals = names.filter(isKept).map { "quote(\($0))" }
            let row = literals.isEmpty ? "''" : literals.joined(separator: " || ',' || ")
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
