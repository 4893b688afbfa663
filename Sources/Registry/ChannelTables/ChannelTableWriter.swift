internal import Storage

/// Keeps what channels know of customers in step when these are merged, parted or erased.
struct ChannelTableWriter {
    private let transaction: WriteTransaction

    init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Takes out what tells who a customer is; the rows stay for the channel's books.
    func erase(_ customer: CustomerID) throws {
        for table in try ChannelTableReader(transaction.reading).tables() {
            let personal = table.columns.filter { [.personal, .staff].contains($0.content) }
            guard !personal.isEmpty, let condition = table.condition else { continue }
            let changes = personal.map { "\($0.name) = \($0.isRequired ? "''" : "NULL")" }.joined(separator: ", ")
            try transaction.execute(
                composed: "UPDATE \(table.name) SET \(changes) WHERE \(condition)", table.values(customer))
        }
    }

    /// Gives the rows of one customer to another; those that the other has already stay where they are.
    func merge(_ from: CustomerID, into: CustomerID) throws {
        try forEachTable { table, column in
            try transaction.execute(
                composed: """
                    INSERT INTO customer_merge_row (from_id, part, key)
                    SELECT \(column), '\(table)', rowid FROM \(table) WHERE \(column) = ?
                    """, [.integer(from.rawValue)])
            try transaction.execute(
                composed: "UPDATE OR IGNORE \(table) SET \(column) = ? WHERE \(column) = ?",
                [.integer(into.rawValue), .integer(from.rawValue)])
        }
    }

    /// Gives back what a merge took, as far as it is still there.
    func unmerge(_ from: CustomerID, from into: CustomerID) throws {
        try forEachTable { table, column in
            try transaction.execute(
                composed: """
                    UPDATE OR IGNORE \(table) SET \(column) = ? WHERE \(column) = ? AND rowid IN (
                        SELECT key FROM customer_merge_row WHERE from_id = ? AND part = '\(table)')
                    """, [.integer(from.rawValue), .integer(into.rawValue), .integer(from.rawValue)])
        }
    }

    private func forEachTable(_ body: (_ table: String, _ column: String) throws -> Void) throws {
        for table in try ChannelTableReader(transaction.reading).tables() {
            if let column = table.customer { try body(table.name, column) }
        }
    }
}
