public import Storage

/// Finds the orders that somebody takes part in without having to be their buyer, by e-mail address.
public struct ParticipantReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The addresses that orders' details name, after one of them, in their order.
    func addresses(after key: String, limit: Int) throws -> [String] {
        try transaction.all(
            "SELECT DISTINCT email_key FROM order_participant WHERE email_key > ? ORDER BY email_key LIMIT ?",
            .text(key), .integer(Int64(limit))
        ) { $0.text(0) }
    }

    /// The orders whose details name an address, after one of them, in the order they came in.
    public func orders(with email: EmailAddress, after id: OrderID, limit: Int) throws -> [OrderID] {
        try transaction.all(
            "SELECT order_id FROM order_participant WHERE email_key = ? AND order_id > ? ORDER BY order_id LIMIT ?",
            .text(email.key), .integer(id.rawValue), .integer(Int64(limit))
        ) { OrderID(rawValue: $0.integer(0)) }
    }
}
