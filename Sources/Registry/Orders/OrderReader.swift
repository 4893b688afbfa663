public import Storage
internal import StrictJSON

/// Reads orders.
public struct OrderReader {
    let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``OrderError/notFound``.
    public func order(_ id: OrderID) throws -> Order {
        let found = try transaction.first(
            """
            SELECT id, channel, ext, customer_id, match, kind, state, channel_state, placed_at, recorded_at, currency,
                subtotal_minor, discount_minor, tax_minor, total_minor, paid_minor, refunded_minor, coupon, buyer,
                details, is_test, registered_seq, rev, given_back_minor
            FROM customer_order WHERE id = ?
            """, .integer(id.rawValue), element: Self.order)
        guard let found else { throw OrderError.notFound }
        return found
    }

    /// The order a channel registered under its own id, nil when there is none.
    public func order(channel: String, ext: String) throws -> OrderID? {
        try transaction.first(
            "SELECT id FROM customer_order WHERE ext = ? AND channel = ?", .text(ext), .text(channel)
        ) { OrderID(rawValue: $0.integer(0)) }
    }

    /// A customer's orders after one of them, in the order of their ids.
    public func orders(of customer: CustomerID, after id: OrderID, limit: Int) throws -> [OrderID] {
        try transaction.all(
            "SELECT id FROM customer_order WHERE customer_id = ? AND id > ? ORDER BY id LIMIT ?",
            .integer(customer.rawValue), .integer(id.rawValue), .integer(Int64(limit))
        ) { OrderID(rawValue: $0.integer(0)) }
    }

    /// The positions of an order, in their order.
    public func lines(of id: OrderID) throws -> [OrderLine] {
        try transaction.all(
            """
            SELECT sku, name, quantity_micros, unit_price_micros, tax_rate_millionths FROM order_line
            WHERE order_id = ? ORDER BY position
            """, .integer(id.rawValue)
        ) { row in
            OrderLine(
                sku: row.textOrNil(0), name: row.textOrNil(1), quantity: Quantity(micros: row.integer(2)),
                unitPrice: UnitPrice(micros: row.integer(3)),
                taxRate: try row.integerOrNil(4).map { (millionths) throws(ValueError) in
                    try Percentage(millionths: millionths)
                })
        }
    }

    /// The customers who placed an order whose ext starts with `number`: as typed, in capitals or in small letters.
    ///
    /// - Returns: At most 100 for each spelling.
    func customers(orderNumber number: String) throws -> [CustomerID] {
        var found: [CustomerID] = []
        for prefix in Set([number, number.uppercased(), number.lowercased()]).sorted() {
            found += try transaction.all(
                """
                SELECT DISTINCT customer_id FROM (
                    SELECT customer_id FROM customer_order
                    WHERE ext >= ? AND ext < ? AND customer_id IS NOT NULL LIMIT 100
                )
                """, .text(prefix), .text(prefix + "\u{10FFFF}"), element: CustomerReader.id
            ).filter { !found.contains($0) }
        }
        return found
    }

    static func order(_ row: Row) -> Order {
        let currency = Currency(stored: row.text(10))
        func money(_ column: Int32) -> Money { Money(minor: row.integer(column), currency: currency) }
        return Order(
            id: OrderID(rawValue: row.integer(0)), channel: row.text(1), ext: row.text(2),
            match: Match(
                customer: row.integerOrNil(3).map(CustomerID.init(rawValue:)),
                reason: MatchReason(rawValue: row.text(4)) ?? .none),
            kind: OrderKind(rawValue: row.text(5)) ?? .order, state: OrderState(rawValue: row.text(6)) ?? .open,
            channelState: row.textOrNil(7), placedAt: Instant(seconds: row.integer(8)),
            recordedAt: Instant(seconds: row.integer(9)),
            amounts: OrderAmounts(subtotal: money(11), discount: money(12), tax: money(13), total: money(14)),
            paid: money(15), refunded: money(16), givenBack: money(row.isNull(23) ? 16 : 23), coupon: row.textOrNil(17),
            buyer: JSONFragment(trusted: row.bytes(18)), details: JSONFragment(trusted: row.bytes(19)),
            isTest: row.flag(20), registeredSeq: row.integer(21), rev: row.integer(22))
    }
}
