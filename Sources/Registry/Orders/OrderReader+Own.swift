internal import Storage

extension OrderReader {
    /// Orders that may be shown to their customer, newest first.
    ///
    /// An order that a guest placed with an e-mail address is shown only once the address is confirmed: anybody can
    /// type one. Until then only those are, whose channel named the customer.
    public func orders(
        ownOf customer: CustomerID, after cursor: OrderCursor?, limit: Int
    ) throws -> (orders: [Order], next: OrderCursor?) {
        var filter = OrderFilter()
        filter.customer = customer
        let isVerified = try transaction.exists(
            "SELECT 1 FROM customer WHERE id = ? AND email_verified_at IS NOT NULL", .integer(customer.rawValue))
        if !isVerified { filter.match = .given }
        return try orders(filter, after: cursor, limit: limit)
    }
}
