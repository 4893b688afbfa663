public import Storage
internal import StrictJSON

/// Reads what happened.
public struct TimelineReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The newest entry's number, 0 when there is none.
    public func lastSeq() throws -> Int64 {
        try transaction.first("SELECT max(seq) FROM timeline") { $0.integer(0) } ?? 0
    }

    /// Entries after `seq`, oldest first.
    public func entries(after seq: Int64, limit: Int) throws -> [TimelineEntry] {
        try transaction.all(
            """
            SELECT seq, at, topic, actor, customer_id, order_id, data FROM timeline
            WHERE seq > ? ORDER BY seq LIMIT ?
            """,
            .integer(seq), .integer(Int64(limit)), element: Self.entry)
    }

    /// The entries before `seq` of a customer and of those merged into it, newest first.
    public func entries(of customer: CustomerID, before seq: Int64, limit: Int) throws -> [TimelineEntry] {
        let merged = try transaction.all(
            "SELECT id FROM customer WHERE merged_into = ?", .integer(customer.rawValue), element: CustomerReader.id)
        guard !merged.isEmpty else { return try ownEntries(of: customer, before: seq, limit: limit) }
        let entries = try ([customer] + merged).flatMap { try ownEntries(of: $0, before: seq, limit: limit) }
        return Array(entries.sorted { $0.seq > $1.seq }.prefix(limit))
    }

    private func ownEntries(of customer: CustomerID, before seq: Int64, limit: Int) throws -> [TimelineEntry] {
        try transaction.all(
            """
            SELECT seq, at, topic, actor, customer_id, order_id, data FROM timeline
            WHERE customer_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?
            """,
            .integer(customer.rawValue), .integer(seq), .integer(Int64(limit)), element: Self.entry)
    }

    static func entry(_ row: Row) -> TimelineEntry {
        TimelineEntry(
            seq: row.integer(0), at: Instant(seconds: row.integer(1)), topic: row.text(2), actor: row.text(3),
            customer: row.integerOrNil(4).map(CustomerID.init(rawValue:)),
            order: row.integerOrNil(5).map(OrderID.init(rawValue:)),
            data: JSONFragment(trusted: row.bytes(6)))
    }
}
