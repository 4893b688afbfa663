public import Storage
public import StrictJSON

/// Finds what channels keep about a person in their own tables, also of channels that are gone by now.
public struct ChannelTableReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The tables of all channels that hold anything of a customer's, with what their columns hold.
    func tables() throws -> [DeclaredTable] {
        let columns = try transaction.all(
            """
            SELECT table_name, channel, column_name, content, is_required FROM channel_column
            ORDER BY table_name, position
            """
        ) { row in
            (
                table: row.text(0), channel: row.text(1),
                column: DeclaredTable.Column(
                    name: row.text(2), content: ChannelTable.Content(rawValue: row.text(3)) ?? .staff,
                    isRequired: row.flag(4))
            )
        }
        var tables: [DeclaredTable] = []
        for (name, channel, column) in columns {
            if tables.last?.name != name { tables.append(DeclaredTable(name: name, channel: channel, columns: [])) }
            tables[tables.count - 1].columns.append(column)
        }
        return tables.filter { $0.condition != nil }
    }

    /// What channels keep about a customer, a row at a time, without what is for staff only.
    public func rows(
        of customer: CustomerID, _ body: (_ channel: String, _ table: String, _ row: [JSON.Member]) throws -> Void
    ) throws {
        for table in try tables() {
            guard let condition = table.condition else { continue }
            let names = table.columns.filter { $0.content != .staff }.map(\.name)
            let sql = "SELECT \(names.joined(separator: ", ")) FROM \(table.name) WHERE \(condition)"
            try transaction.rows(composed: sql, table.values(customer)) { row in
                try body(
                    table.channel, table.name,
                    names.indices.map { JSON.Member(name: names[$0], value: row.value(Int32($0)).json) })
                return true
            }
        }
    }
}

/// A channel's table as the tenant's file describes it; its names have been checked when it was made.
struct DeclaredTable {
    struct Column {
        let name: String
        let content: ChannelTable.Content
        let isRequired: Bool
    }

    let name: String
    let channel: String
    var columns: [Column]

    /// The column that leads to a customer, nil when only orders do.
    var customer: String? { columns.first { $0.content == .customer }?.name }

    /// What makes a row a customer's own; nil when no row is anybody's.
    var condition: String? {
        let conditions = columns.compactMap { column in
            switch column.content {
            case .order: "\(column.name) IN (SELECT id FROM customer_order WHERE customer_id = ?)"
            case .customer: "\(column.name) = ?"
            case .plain, .personal, .staff: nil as String?
            }
        }
        return conditions.isEmpty ? nil : conditions.joined(separator: " OR ")
    }

    /// What ``condition`` binds.
    func values(_ customer: CustomerID) -> [Value] {
        columns.filter { [.order, .customer].contains($0.content) }.map { _ in .integer(customer.rawValue) }
    }
}
