internal import Storage

/// Keeps what a customer's orders come to, with each order that comes, changes or goes.
struct CustomerTotals {
    let transaction: WriteTransaction

    /// Takes in an order that has come to a customer.
    func count(_ net: Money, of kind: OrderKind, placedAt: Instant, for customer: CustomerID) throws {
        try add(net, for: customer)
        guard kind == .order else { return }
        try transaction.execute(
            """
            UPDATE customer SET order_count = order_count + 1, last_order_at = max(last_order_at, ?) WHERE id = ?
            """, .integer(placedAt.seconds), .integer(customer.rawValue))
    }

    /// Leaves out an order that counts no more.
    ///
    /// Call after the order has changed: the last order is looked up among those that are left.
    func uncount(_ net: Money, of kind: OrderKind, for customer: CustomerID) throws {
        try add(Money(minor: -net.minor, currency: net.currency), for: customer)
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

    func add(_ net: Money, for customer: CustomerID) throws {
        try transaction.execute(
            """
            INSERT INTO customer_total (customer_id, currency, net_minor) VALUES (?, ?, ?)
            ON CONFLICT (customer_id, currency) DO UPDATE SET net_minor = net_minor + excluded.net_minor
            """, .integer(customer.rawValue), .text(net.currency.code), .integer(net.minor))
    }

    /// Makes a test customer a real one, whose test orders count no more and whose real ones do.
    func makeReal(_ customer: CustomerID) throws {
        try transaction.execute(
            "UPDATE customer SET is_test = 0, rev = rev + 1 WHERE id = ?", .integer(customer.rawValue))
        try recount(customer)
    }

    /// Counts anew what all orders of a customer come to.
    func recount(_ customer: CustomerID) throws {
        let id = Value.integer(customer.rawValue)
        try transaction.execute(
            """
            UPDATE customer SET order_count = (
                SELECT count(*) FROM customer_order o WHERE o.customer_id = customer.id AND o.kind = 'order'
                    AND o.state NOT IN ('cancelled', 'expired') AND o.is_test = customer.is_test
            ), last_order_at = max(0, coalesce((
                SELECT max(o.placed_at) FROM customer_order o WHERE o.customer_id = customer.id AND o.kind = 'order'
                    AND o.state NOT IN ('cancelled', 'expired') AND o.is_test = customer.is_test), 0))
            WHERE id = ?
            """, id)
        try transaction.execute("UPDATE customer_total SET net_minor = 0 WHERE customer_id = ?", id)
        try transaction.execute(
            """
            INSERT INTO customer_total (customer_id, currency, net_minor)
            SELECT o.customer_id, o.currency, sum(o.total_minor - o.refunded_minor)
            FROM customer_order o JOIN customer c ON c.id = o.customer_id
            WHERE o.customer_id = ? AND o.state NOT IN ('cancelled', 'expired') AND o.is_test = c.is_test
            GROUP BY o.currency
            ON CONFLICT (customer_id, currency) DO UPDATE SET net_minor = excluded.net_minor
            """, id)
    }

    func noteChannel(_ channel: String, for customer: CustomerID) throws {
        // Looked for first, since an INSERT that does nothing takes four times as long.
        let isKnown = try transaction.reading.first(
            "SELECT 1 FROM customer_channel WHERE customer_id = ? AND channel = ?",
            .integer(customer.rawValue), .text(channel)
        ) { _ in true }
        guard isKnown == nil else { return }
        try transaction.execute(
            "INSERT INTO customer_channel (customer_id, channel) VALUES (?, ?)",
            .integer(customer.rawValue), .text(channel))
    }

    /// Forgets a channel through which a customer has no order any more.
    func dropChannel(_ channel: String, for customer: CustomerID) throws {
        try transaction.execute(
            """
            DELETE FROM customer_channel WHERE customer_id = ? AND channel = ? AND NOT EXISTS (
                SELECT 1 FROM customer_order o
                WHERE o.customer_id = customer_channel.customer_id AND o.channel = customer_channel.channel)
            """, .integer(customer.rawValue), .text(channel))
    }
}
