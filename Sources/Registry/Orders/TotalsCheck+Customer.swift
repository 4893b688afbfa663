internal import Storage

/// What a customer's orders come to: as it is kept, or as the orders say.
public struct OrderSum: Sendable, Equatable {
    public let orderCount: Int64
    public let lastOrderAt: Instant?
    /// Net per currency, ordered by code; what comes to nothing is left out.
    public let totals: [Money]
}

extension TotalsCheck {
    /// What is kept of one customer's orders, and what the orders say.
    ///
    /// - Throws: ``CustomerError/notFound``, ``CustomerError/merged(into:)``.
    public func sums(of id: CustomerID) throws -> (kept: OrderSum, counted: OrderSum) {
        let customer = try CustomerReader(transaction).customer(id)
        let kept = OrderSum(
            orderCount: customer.orderCount, lastOrderAt: customer.lastOrderAt,
            totals: customer.totals.filter { $0.minor != 0 })
        let orders = try transaction.first(
            """
            SELECT count(*), max(o.placed_at) FROM customer_order o JOIN customer c ON c.id = o.customer_id
            WHERE o.customer_id = ? AND o.kind = 'order' AND o.state NOT IN ('cancelled', 'expired')
                AND o.is_test = c.is_test
            """, .integer(id.rawValue)
        ) { (count: $0.integer(0), lastAt: $0.integer(1)) }
        let totals = try transaction.all(
            """
            SELECT sum(o.total_minor - o.refunded_minor), o.currency
            FROM customer_order o JOIN customer c ON c.id = o.customer_id
            WHERE o.customer_id = ? AND o.state NOT IN ('cancelled', 'expired') AND o.is_test = c.is_test
            GROUP BY o.currency ORDER BY o.currency
            """, .integer(id.rawValue)
        ) { Money(minor: $0.integer(0), currency: Currency(stored: $0.text(1))) }
        let lastAt = orders?.lastAt ?? 0
        let counted = OrderSum(
            orderCount: orders?.count ?? 0, lastOrderAt: lastAt > 0 ? Instant(seconds: lastAt) : nil,
            totals: totals.filter { $0.minor != 0 })
        return (kept, counted)
    }
}
