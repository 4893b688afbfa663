internal import Storage

/// Which orders a list shows.
public struct OrderFilter: Sendable, Equatable {
    public var customer: CustomerID?
    public var channel: String?
    public var state: OrderState?
    /// The first moment at which an order may have been placed.
    public var from: Instant?
    /// The first moment at which it may not any more.
    public var to: Instant?
    /// Only orders whose customer was found in one of these ways; nil for all.
    public var matches: Set<MatchReason>?

    public init() {}
}

/// Where a page of orders ended; orders come newest first.
public struct OrderCursor: Sendable, Equatable {
    public var placedAt: Int64
    public var id: Int64

    public init(placedAt: Int64, id: Int64) {
        self.placedAt = placedAt
        self.id = id
    }

    static let start = OrderCursor(placedAt: .max, id: .max)
}

extension OrderReader {
    /// The most orders one page looks at, so that a filter that fits few rows still answers soon.
    private static let budget = 5_000

    /// Orders, newest first.
    ///
    /// - Returns: At most `limit` orders, and where to go on; nil at the end. A page may hold fewer and still go on.
    public func orders(
        _ filter: OrderFilter, after cursor: OrderCursor?, limit: Int
    ) throws -> (orders: [Order], next: OrderCursor?) {
        var orders: [Order] = []
        var position = cursor ?? .start
        var examined = 0
        while examined < Self.budget {
            let page = try candidates(filter, after: position, limit: min(limit, 500))
            for order in page {
                position = OrderCursor(placedAt: order.placedAt.seconds, id: order.id.rawValue)
                guard filter.accepts(order) else { continue }
                orders.append(order)
                if orders.count == limit { return (orders, position) }
            }
            if page.count < min(limit, 500) { return (orders, nil) }
            examined += page.count
        }
        return (orders, position)
    }

    /// Orders along the index; buyer and details, which a list does not show, are left empty.
    private func candidates(_ filter: OrderFilter, after cursor: OrderCursor, limit: Int) throws -> [Order] {
        // One upper bound, so that the index is entered where the page before ended.
        let end = OrderCursor(placedAt: filter.to?.seconds ?? .max, id: filter.to == nil ? .max : .min)
        let bound = (cursor.placedAt, cursor.id) < (end.placedAt, end.id) ? cursor : end
        let from = Value.integer(filter.from?.seconds ?? .min)
        if let customer = filter.customer {
            return try transaction.all(
                """
                SELECT id, channel, ext, customer_id, match, kind, state, channel_state, placed_at, recorded_at,
                    currency, subtotal_minor, discount_minor, tax_minor, total_minor, paid_minor, refunded_minor,
                    coupon, '{}', '{}', is_test, registered_seq, rev, given_back_minor
                FROM customer_order
                WHERE customer_id = ? AND placed_at >= ? AND (placed_at, id) < (?, ?)
                ORDER BY placed_at DESC, id DESC LIMIT ?
                """,
                .integer(customer.rawValue), from, .integer(bound.placedAt), .integer(bound.id),
                .integer(Int64(limit)), element: Self.order)
        }
        return try transaction.all(
            """
            SELECT id, channel, ext, customer_id, match, kind, state, channel_state, placed_at, recorded_at,
                currency, subtotal_minor, discount_minor, tax_minor, total_minor, paid_minor, refunded_minor,
                coupon, '{}', '{}', is_test, registered_seq, rev, given_back_minor
            FROM customer_order
            WHERE placed_at >= ? AND (placed_at, id) < (?, ?)
            ORDER BY placed_at DESC, id DESC LIMIT ?
            """,
            from, .integer(bound.placedAt), .integer(bound.id), .integer(Int64(limit)), element: Self.order)
    }

    /// How many orders a filter fits; walks through all of them.
    public func count(_ filter: OrderFilter) throws -> Int {
        var count = 0
        var cursor: OrderCursor?
        repeat {
            let page = try orders(filter, after: cursor, limit: 500)
            count += page.orders.count
            cursor = page.next
        } while cursor != nil
        return count
    }
}

extension OrderFilter {
    /// What the index did not decide.
    fileprivate func accepts(_ order: Order) -> Bool {
        (channel == nil || order.channel == channel) && (state == nil || order.state == state)
            && (matches.map { $0.contains(order.match.reason) } ?? true)
    }
}
