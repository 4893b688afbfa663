public import Storage

/// Finds the orders that somebody takes part in without having to be their buyer, by e-mail address.
public struct ParticipantReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The orders whose details name an address, after one of them, in the order they came in.
    public func orders(with email: EmailAddress, after id: OrderID, limit: Int) throws -> [OrderID] {
        try transaction.all(
            "SELECT order_id FROM order_participant WHERE email_key = ? AND order_id > ? ORDER BY order_id LIMIT ?",
            .text(email.key), .integer(id.rawValue), .integer(Int64(limit))
        ) { OrderID(rawValue: $0.integer(0)) }
    }
}
