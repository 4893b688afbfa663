public import Storage

/// Compares what is kept incrementally with what the orders say.
public struct TotalsCheck {
    let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// Customers whose order count, last order or net totals differ from their orders, at most 100.
    public func mismatches() throws -> [CustomerID] {
        try transaction.all(
            """
            WITH counted AS (
                SELECT o.customer_id, o.currency, o.total_minor - o.refunded_minor AS net_minor, o.kind, o.placed_at
                FROM customer_order o JOIN customer c ON c.id = o.customer_id
                WHERE o.state NOT IN ('cancelled', 'expired') AND o.is_test = c.is_test
            ), net AS (
                SELECT customer_id, currency, sum(net_minor) AS minor FROM counted GROUP BY customer_id, currency
            ), counts AS (
                SELECT customer_id, count(*) AS orders, max(placed_at) AS last_at FROM counted
                WHERE kind = 'order' GROUP BY customer_id
            )
            SELECT id FROM (
                SELECT t.customer_id AS id FROM customer_total t
                LEFT JOIN net ON net.customer_id = t.customer_id AND net.currency = t.currency
                WHERE t.net_minor <> coalesce(net.minor, 0)
                UNION
                SELECT net.customer_id FROM net
                LEFT JOIN customer_total t ON t.customer_id = net.customer_id AND t.currency = net.currency
                WHERE t.customer_id IS NULL
                UNION
                SELECT c.id FROM customer c LEFT JOIN counts ON counts.customer_id = c.id
                WHERE c.order_count <> coalesce(counts.orders, 0)
                    OR c.last_order_at <> max(coalesce(counts.last_at, 0), 0)
            ) ORDER BY id LIMIT 100
            """, element: CustomerReader.id)
    }
}
