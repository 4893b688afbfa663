/// A column as SQLite describes it.
public struct TableColumn: Sendable, Equatable {
    public let name: String
    public let type: String
    public let isRequired: Bool
    /// Whether it is part of the primary key.
    public let isKey: Bool
    public let isGenerated: Bool
}

extension ReadTransaction {
    /// The shape of a table, none when there is no such table.
    ///
    /// - Throws: ``StorageError``.
    public func columns(of table: String) throws -> [TableColumn] {
        try all("SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?)", .text(table)) { row in
            TableColumn(
                name: row.text(0), type: row.text(1), isRequired: row.flag(2), isKey: row.flag(3),
                isGenerated: row.integer(4) != 0)
        }
    }

    /// The names of the tables that begin so, in order.
    ///
    /// - Throws: ``StorageError``.
    public func tables(of prefix: TablePrefix) throws -> [(name: String, isStrict: Bool)] {
        try all(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND substr(name, 1, ?) = ? ORDER BY name",
            .integer(Int64(prefix.text.utf8.count)), .text(prefix.text)
        ) { ($0.text(0), $0.flag(1)) }
    }
}
