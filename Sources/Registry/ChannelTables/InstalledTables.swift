public import Storage

/// What a file has of the tables of all channels: their steps so far, and what was taken down of their columns.
public struct InstalledTables {
    private struct Column: Hashable {
        let table: String
        let name: String
        let content: String
    }

    private var migrations: [String: Set<String>] = [:]
    private var columns: [String: Set<Column>] = [:]

    /// Reads it, that of all channels at once: every opening of a tenant asks.
    public init(_ transaction: ReadTransaction) throws {
        try transaction.all(
            """
            SELECT channel, name, NULL, NULL FROM channel_migration
            UNION ALL SELECT channel, table_name, column_name, content FROM channel_column
            """
        ) { row in (row.text(0), row.text(1), row.textOrNil(2), row.textOrNil(3)) }
        .forEach { channel, name, column, content in
            if let column, let content {
                columns[channel, default: []].insert(Column(table: name, name: column, content: content))
            } else {
                migrations[channel, default: []].insert(name)
            }
        }
    }

    /// The names of the steps a channel has taken.
    func migrations(of channel: String) -> Set<String> { migrations[channel] ?? [] }

    /// Whether nothing is left to do for a channel: its steps are applied, and what it says of its columns is taken down.
    ///
    /// - Throws: ``ChannelTableError/newer(channel:migration:)`` when an older program meets a newer file.
    public func areComplete(
        _ migrations: [ChannelMigration], _ tables: [ChannelTable], of channel: String
    ) throws -> Bool {
        let known = Set(migrations.map(\.name))
        let applied = self.migrations(of: channel)
        if let unknown = applied.subtracting(known).min() {
            throw ChannelTableError.newer(channel: channel, migration: unknown)
        }
        let declared = tables.flatMap { table in
            table.columns.map { Column(table: table.name, name: $0.name, content: $0.content.rawValue) }
        }
        return applied == known && columns[channel] ?? [] == Set(declared)
    }
}
