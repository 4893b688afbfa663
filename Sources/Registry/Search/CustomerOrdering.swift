internal import Storage

/// Walks the indexes that customers are sorted by, from any place, in both directions.
///
/// Ids and numbers of customers are given out together and ascend together, so the list by number goes by id.
struct CustomerOrdering {
    private let transaction: ReadTransaction
    private let currency: Currency

    init(_ transaction: ReadTransaction, currency: Currency) {
        self.transaction = transaction
        self.currency = currency
    }

    func ascending(_ sort: CustomerQuery.Sort, after cursor: CustomerCursor?, limit: Value) throws -> [Candidate] {
        let number = Value.integer(cursor?.number ?? .min)
        let text = Value.text(cursor?.text ?? "")
        let tie = Value.integer(cursor?.tie ?? .min)
        switch sort {
        case .number:
            return try transaction.all(
                "SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?", tie, limit, element: Self.byID)
        case .name:
            return try transaction.all(
                """
                SELECT name_key, number, id FROM customer WHERE (name_key, number) > (?, ?)
                ORDER BY name_key, number LIMIT ?
                """, text, tie, limit, element: Self.byText)
        case .email:
            return try transaction.all(
                """
                SELECT email_key, email_seat, id FROM customer WHERE (email_key, email_seat) > (?, ?)
                ORDER BY email_key, email_seat LIMIT ?
                """, text, tie, limit, element: Self.byText)
        case .joined:
            return try transaction.all(
                """
                SELECT joined_at, number, id FROM customer WHERE (joined_at, number) > (?, ?)
                ORDER BY joined_at, number LIMIT ?
                """, number, tie, limit, element: Self.byNumber)
        case .orders:
            return try transaction.all(
                """
                SELECT order_count, number, id FROM customer
                WHERE order_count > 0 AND (order_count, number) > (?, ?)
                ORDER BY order_count, number LIMIT ?
                """, number, tie, limit, element: Self.byNumber)
        case .total:
            return try transaction.all(
                """
                SELECT net_minor, customer_id, customer_id FROM customer_total
                WHERE currency = ? AND (net_minor, customer_id) > (?, ?) ORDER BY net_minor, customer_id LIMIT ?
                """, .text(currency.code), number, tie, limit, element: Self.byNumber)
        case .lastOrder:
            return try transaction.all(
                """
                SELECT last_order_at, number, id FROM customer
                WHERE last_order_at > 0 AND (last_order_at, number) > (?, ?)
                ORDER BY last_order_at, number LIMIT ?
                """, number, tie, limit, element: Self.byNumber)
        }
    }

    func descending(_ sort: CustomerQuery.Sort, after cursor: CustomerCursor?, limit: Value) throws -> [Candidate] {
        let number = Value.integer(cursor?.number ?? .max)
        // The greatest text: no character comes after this one.
        let text = Value.text(cursor?.text ?? "\u{10FFFF}")
        let tie = Value.integer(cursor?.tie ?? .max)
        switch sort {
        case .number:
            return try transaction.all(
                "SELECT id FROM customer WHERE id < ? ORDER BY id DESC LIMIT ?", tie, limit, element: Self.byID)
        case .name:
            return try transaction.all(
                """
                SELECT name_key, number, id FROM customer WHERE (name_key, number) < (?, ?)
                ORDER BY name_key DESC, number DESC LIMIT ?
                """, text, tie, limit, element: Self.byText)
        case .email:
            return try transaction.all(
                """
                SELECT email_key, email_seat, id FROM customer WHERE (email_key, email_seat) < (?, ?)
                ORDER BY email_key DESC, email_seat DESC LIMIT ?
                """, text, tie, limit, element: Self.byText)
        case .joined:
            return try transaction.all(
                """
                SELECT joined_at, number, id FROM customer WHERE (joined_at, number) < (?, ?)
                ORDER BY joined_at DESC, number DESC LIMIT ?
                """, number, tie, limit, element: Self.byNumber)
        case .orders:
            return try transaction.all(
                """
                SELECT order_count, number, id FROM customer
                WHERE order_count > 0 AND (order_count, number) < (?, ?)
                ORDER BY order_count DESC, number DESC LIMIT ?
                """, number, tie, limit, element: Self.byNumber)
        case .total:
            return try transaction.all(
                """
                SELECT net_minor, customer_id, customer_id FROM customer_total
                WHERE currency = ? AND (net_minor, customer_id) < (?, ?)
                ORDER BY net_minor DESC, customer_id DESC LIMIT ?
                """, .text(currency.code), number, tie, limit, element: Self.byNumber)
        case .lastOrder:
            return try transaction.all(
                """
                SELECT last_order_at, number, id FROM customer
                WHERE last_order_at > 0 AND (last_order_at, number) < (?, ?)
                ORDER BY last_order_at DESC, number DESC LIMIT ?
                """, number, tie, limit, element: Self.byNumber)
        }
    }

    /// Those of some ids who have no orders, so that the index of orders does not have them.
    ///
    /// - Returns: By id, in the direction of the list.
    func withoutOrders(_ ids: ClosedRange<Int64>, _ sort: CustomerQuery.Sort, isDescending: Bool, limit: Int) throws
        -> [Candidate]
    {
        let (first, last, limit) = (Value.integer(ids.lowerBound), Value.integer(ids.upperBound), Int64(limit))
        let isByTime = Value.flag(sort == .lastOrder)
        if isDescending {
            return try transaction.all(
                """
                SELECT id FROM customer
                WHERE id BETWEEN ? AND ? AND CASE WHEN ? THEN last_order_at <= 0 ELSE order_count = 0 END
                ORDER BY id DESC LIMIT ?
                """, first, last, isByTime, .integer(limit), element: Self.byID)
        }
        return try transaction.all(
            """
            SELECT id FROM customer
            WHERE id BETWEEN ? AND ? AND CASE WHEN ? THEN last_order_at <= 0 ELSE order_count = 0 END
            ORDER BY id LIMIT ?
            """, first, last, isByTime, .integer(limit), element: Self.byID)
    }

    private static func byID(_ row: Row) -> Candidate {
        Candidate(id: row.integer(0), cursor: CustomerCursor(id: row.integer(0)))
    }

    private static func byNumber(_ row: Row) -> Candidate {
        Candidate(id: row.integer(2), cursor: CustomerCursor(text: "", number: row.integer(0), tie: row.integer(1)))
    }

    private static func byText(_ row: Row) -> Candidate {
        Candidate(id: row.integer(2), cursor: CustomerCursor(text: row.text(0), number: 0, tie: row.integer(1)))
    }
}
