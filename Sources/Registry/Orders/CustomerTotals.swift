internal import Storage

/// Keeps what a customer's orders come to, with each order that comes or goes.
struct CustomerTotals {
    let transaction: WriteTransaction

    func count(_ total: Money, of kind: OrderKind, placedAt: Instant, for customer: CustomerID) throws {
        try add(total.minor, total.currency, for: customer)
        guard kind == .order else { return }
        try transaction.execute(
            """
            UPDATE customer SET order_count = order_count + 1, last_order_at = max(last_order_at, ?) WHERE id = ?
            """, .integer(placedAt.seconds), .integer(customer.rawValue))
    }

    /// Call after the order has changed: the last order is looked up among those that are left.
    func discount(_ total: Money, of kind: OrderKind, for customer: CustomerID) throws {
        try add(-total.minor, total.currency, for: customer)
        guard kind == .order else { return }
        try transaction.execute(
            """
            UPDATE customer SET order_count = order_count - 1, last_order_at = max(0, coalesce((
                SELECT placed_at FROM customer_order WHERE customer_id = customer.id AND kind = 'order'
                    AND state NOT IN ('cancelled', 'expired') AND is_test = customer.is_test
                ORDER BY placed_at DESC LIMIT 1), 0))
            WHERE id = ?
            """, .integer(customer.rawValue))
    }

    func noteChannel(_ channel: String, for customer: CustomerID) throws {
        try transaction.execute(
            "INSERT INTO customer_channel (customer_id, channel) VALUES (?, ?) ON CONFLICT DO NOTHING",
            .integer(customer.rawValue), .text(channel))
    }

    private func add(_ minor: Int64, _ currency: Currency, for customer: CustomerID) throws {
        try transaction.execute(
            """
            INSERT INTO customer_total (customer_id, currency, net_minor) VALUES (?, ?, ?)
            ON CONFLICT (customer_id, currency) DO UPDATE SET net_minor = net_minor + excluded.net_minor
            """, .integer(customer.rawValue), .text(currency.code), .integer(minor))
    }
}
