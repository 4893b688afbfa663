/// The file as a whole.
extension ReadTransaction {
    /// Copies the database as this transaction sees it into a new file, a piece at a time; the file is not synced.
    ///
    /// - Parameters:
    ///   - path: Where no file is yet.
    ///   - progress: Told how many pages are copied, of how many; what it throws ends the copy.
    /// - Throws: ``StorageError``, or what `progress` throws; the new file is then of no use.
    public func copy(to path: String, _ progress: (_ done: Int, _ total: Int) throws -> Void) throws {
        try connection.copy(to: path, progress)
    }

    /// How many rows each table has, in the order of their names.
    ///
    /// - Throws: ``StorageError``.
    public func rowCounts() throws -> [(table: String, rows: Int64)] {
        let tables = try all(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ) { $0.text(0) }
        return try tables.map { table in
            // A table's name cannot be a bound value: https://sqlite.org/lang_expr.html#varparam
            let quoted = table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            var rows: Int64 = 0
            try connection.rows(
                text: "SELECT count(*) FROM \"\(quoted)\"", [], confinedTo: nil, isReading: true
            ) { row in
                rows = row.integer(0)
                return false
            }
            return (table: table, rows: rows)
        }
    }

    /// SQLite's findings about the file.
    ///
    /// - Parameter isQuick: Whether to leave out what compares indexes with their tables.
    /// - Returns: At most 20; none when it is sound.
    /// - Throws: ``StorageError``.
    public func integrityProblems(isQuick: Bool = false) throws -> [String] {
        let findings =
            isQuick
            ? try all("PRAGMA quick_check(20)") { $0.text(0) } : try all("PRAGMA integrity_check(20)") { $0.text(0) }
        return findings.filter { $0 != "ok" }
    }

    /// Rows that refer to others that are not there, a sentence each.
    ///
    /// - Throws: ``StorageError``.
    public func foreignKeyProblems() throws -> [String] {
        try all("PRAGMA foreign_key_check") { row in
            "\(row.text(0)) row \(row.integer(1)) refers to a row of \(row.text(2)) that is not there"
        }
    }

    /// The steps of the schema that the file has taken, in their order.
    ///
    /// - Throws: ``StorageError``.
    public func migrations() throws -> [String] {
        try all("SELECT name FROM migration ORDER BY position") { $0.text(0) }
    }
}
