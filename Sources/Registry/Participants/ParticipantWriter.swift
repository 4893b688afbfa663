public import Storage

/// Notes who takes part in an order.
public struct ParticipantWriter {
    private let transaction: WriteTransaction

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Notes the addresses that an order's details name, in place of those noted before.
    public func set(_ emails: Set<String>, of order: OrderID) throws {
        try clear(order)
        for key in emails.sorted() {
            try transaction.execute(
                "INSERT INTO order_participant (email_key, order_id) VALUES (?, ?)", .text(key),
                .integer(order.rawValue))
        }
    }

    /// An order's details name nobody any more.
    func clear(_ order: OrderID) throws {
        try transaction.execute("DELETE FROM order_participant WHERE order_id = ?", .integer(order.rawValue))
    }
}
