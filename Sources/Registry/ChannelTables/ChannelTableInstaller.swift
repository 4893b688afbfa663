public import Storage

/// Makes a channel's own tables and takes down what each column holds, so that exports and erasures find it.
public struct ChannelTableInstaller {
    private let transaction: WriteTransaction

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Applies the steps that are missing, checks the tables that come of it and takes down what their columns hold.
    ///
    /// - Throws: ``ChannelTableError``; the transaction must then be undone.
    public func install(_ migrations: [ChannelMigration], _ tables: [ChannelTable], of channel: String) throws {
        let installed = try InstalledTables(transaction.reading)
        guard try !installed.areComplete(migrations, tables, of: channel) else { return }
        let prefix = TablePrefix(of: channel)
        let applied = installed.migrations(of: channel)
        for (position, migration) in migrations.enumerated() where !applied.contains(migration.name) {
            do {
                try transaction.confined(to: prefix).migrate(migration.sql)
            } catch let error as StorageError {
                throw ChannelTableError.badSchema(
                    channel: channel, migration: migration.name, reason: error.message)
            }
            try transaction.execute(
                "INSERT INTO channel_migration (channel, position, name) VALUES (?, ?, ?)",
                .text(channel), .integer(Int64(position)), .text(migration.name))
        }
        try declare(tables, of: channel, prefix)
        // What an older version kept may have to be looked after.
        if !applied.isEmpty { try ChannelWakeWriter(transaction).set(channel, at: Instant(seconds: 0)) }
    }

    private func declare(_ tables: [ChannelTable], of channel: String, _ prefix: TablePrefix) throws {
        let made = try transaction.reading.tables(of: prefix)
        for (name, _) in made where !tables.contains(where: { $0.name == name }) {
            throw ChannelTableError.undeclared(table: name, column: nil)
        }
        try transaction.execute("DELETE FROM channel_column WHERE channel = ?", .text(channel))
        for table in tables {
            guard prefix.covers(table.name) else { throw ChannelTableError.badName(table.name) }
            guard let isStrict = made.first(where: { $0.name == table.name })?.isStrict else {
                throw ChannelTableError.missing(table: table.name, column: nil)
            }
            guard isStrict else { throw ChannelTableError.notStrict(table: table.name) }
            let columns = try transaction.reading.columns(of: table.name)
            try check(table, columns)
            for (position, column) in table.columns.enumerated() {
                let isRequired = columns.contains { $0.name == column.name && ($0.isRequired || $0.isKey) }
                try transaction.execute(
                    """
                    INSERT INTO channel_column (table_name, column_name, channel, position, content, is_required)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """, .text(table.name), .text(column.name), .text(channel), .integer(Int64(position)),
                    .text(column.content.rawValue), .flag(isRequired))
            }
        }
    }

    private func check(_ table: ChannelTable, _ columns: [TableColumn]) throws {
        for column in columns {
            guard TablePrefix.isIdentifier(column.name) else { throw ChannelTableError.badName(column.name) }
            guard table.columns.contains(where: { $0.name == column.name }) else {
                throw ChannelTableError.undeclared(table: table.name, column: column.name)
            }
            guard !column.isGenerated else {
                throw ChannelTableError.generated(table: table.name, column: column.name)
            }
        }
        for column in table.columns where !columns.contains(where: { $0.name == column.name }) {
            throw ChannelTableError.missing(table: table.name, column: column.name)
        }
        for name in table.names([.personal, .staff]) {
            let isErasable = columns.contains { $0.name == name && !$0.isKey && (!$0.isRequired || $0.type == "TEXT") }
            guard isErasable else { throw ChannelTableError.notErasable(table: table.name, column: name) }
        }
        let key = columns.filter(\.isKey)
        let isRowID = key.count == 1 && key[0].type == "INTEGER"
        guard !key.isEmpty, isRowID || key.allSatisfy(\.isRequired) else {
            throw ChannelTableError.noKey(table: table.name)
        }
        try checkPerson(table)
    }

    /// What is personal must lead to somebody, and go with an order that goes.
    private func checkPerson(_ table: ChannelTable) throws {
        let references = table.columns.filter { [.order, .customer].contains($0.content) }
        guard !references.isEmpty || table.names([.personal, .staff]).isEmpty else {
            throw ChannelTableError.noPerson(table: table.name)
        }
        for column in references {
            let target = column.content == .order ? "customer_order" : "customer"
            let isSound = try transaction.reading.exists(
                """
                SELECT 1 FROM pragma_foreign_key_list(?)
                WHERE "from" = ? AND "table" = ? AND on_delete = 'CASCADE' AND ("to" IS NULL OR "to" = 'id')
                """, .text(table.name), .text(column.name), .text(target))
            let hasRowID = try transaction.reading.exists(
                "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name = ? AND wr = 0", .text(table.name))
            guard isSound, hasRowID else {
                throw ChannelTableError.badReference(table: table.name, column: column.name)
            }
        }
    }
}
