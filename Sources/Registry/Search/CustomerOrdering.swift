internal import Storage

/// Walks the indexes that customers are sorted by, from any place, in both directions.
struct CustomerOrdering {
    private let transaction: ReadTransaction
    private let currency: Currency

    init(_ transaction: ReadTransaction, currency: Currency) {
        self.transaction = transaction
        self.currency = currency
    }

    func ascending(_ sort: CustomerQuery.Sort, after cursor: CustomerCursor?, limit: Value) throws -> [CustomerCursor] {
        let number = Value.integer(cursor?.number ?? .min)
        let text = Value.text(cursor?.text ?? "")
        let id = Value.integer(cursor?.id ?? .min)
        switch sort {
        case .number:
            return try transaction.all(
                "SELECT number, id FROM customer WHERE number > ? ORDER BY number LIMIT ?",
                number, limit, element: Self.byNumber)
        case .name:
            return try transaction.all(
                "SELECT name_key, id FROM customer WHERE (name_key, id) > (?, ?) ORDER BY name_key, id LIMIT ?",
                text, id, limit, element: Self.byText)
        case .email:
            return try transaction.all(
                """
                SELECT email_key, email_seat, id FROM customer WHERE (email_key, email_seat) > (?, ?)
                ORDER BY email_key, email_seat LIMIT ?
                """, text, number, limit, element: Self.bySeat)
        case .joined:
            return try transaction.all(
                "SELECT joined_at, id FROM customer WHERE (joined_at, id) > (?, ?) ORDER BY joined_at, id LIMIT ?",
                number, id, limit, element: Self.byNumber)
        case .orders:
            return try transaction.all(
                "SELECT order_count, id FROM customer WHERE (order_count, id) > (?, ?) ORDER BY order_count, id LIMIT ?",
                number, id, limit, element: Self.byNumber)
        case .total:
            return try transaction.all(
                """
                SELECT net_minor, customer_id FROM customer_total
                WHERE currency = ? AND (net_minor, customer_id) > (?, ?) ORDER BY net_minor, customer_id LIMIT ?
                """, .text(currency.code), number, id, limit, element: Self.byNumber)
        case .lastOrder:
            return try transaction.all(
                """
                SELECT last_order_at, id FROM customer WHERE (last_order_at, id) > (?, ?)
                ORDER BY last_order_at, id LIMIT ?
                """, number, id, limit, element: Self.byNumber)
        }
    }

    func descending(_ sort: CustomerQuery.Sort, after cursor: CustomerCursor?, limit: Value) throws -> [CustomerCursor]
    {
        let number = Value.integer(cursor?.number ?? .max)
        // The greatest text: no character comes after this one.
        let text = Value.text(cursor?.text ?? "\u{10FFFF}")
        let id = Value.integer(cursor?.id ?? .max)
        switch sort {
        case .number:
            return try transaction.all(
                "SELECT number, id FROM customer WHERE number < ? ORDER BY number DESC LIMIT ?",
                number, limit, element: Self.byNumber)
        case .name:
            return try transaction.all(
                """
                SELECT name_key, id FROM customer WHERE (name_key, id) < (?, ?)
                ORDER BY name_key DESC, id DESC LIMIT ?
                """, text, id, limit, element: Self.byText)
        case .email:
            return try transaction.all(
                """
                SELECT email_key, email_seat, id FROM customer WHERE (email_key, email_seat) < (?, ?)
                ORDER BY email_key DESC, email_seat DESC LIMIT ?
                """, text, number, limit, element: Self.bySeat)
        case .joined:
            return try transaction.all(
                """
                SELECT joined_at, id FROM customer WHERE (joined_at, id) < (?, ?)
                ORDER BY joined_at DESC, id DESC LIMIT ?
                """, number, id, limit, element: Self.byNumber)
        case .orders:
            return try transaction.all(
                """
                SELECT order_count, id FROM customer WHERE (order_count, id) < (?, ?)
                ORDER BY order_count DESC, id DESC LIMIT ?
                """, number, id, limit, element: Self.byNumber)
        case .total:
            return try transaction.all(
                """
                SELECT net_minor, customer_id FROM customer_total
                WHERE currency = ? AND (net_minor, customer_id) < (?, ?)
                ORDER BY net_minor DESC, customer_id DESC LIMIT ?
                """, .text(currency.code), number, id, limit, element: Self.byNumber)
        case .lastOrder:
            return try transaction.all(
                """
                SELECT last_order_at, id FROM customer WHERE (last_order_at, id) < (?, ?)
                ORDER BY last_order_at DESC, id DESC LIMIT ?
                """, number, id, limit, element: Self.byNumber)
        }
    }

    private static func byNumber(_ row: Row) -> CustomerCursor {
        CustomerCursor(text: "", number: row.integer(0), id: row.integer(1))
    }

    private static func byText(_ row: Row) -> CustomerCursor {
        CustomerCursor(text: row.text(0), number: 0, id: row.integer(1))
    }

    private static func bySeat(_ row: Row) -> CustomerCursor {
        CustomerCursor(text: row.text(0), number: row.integer(1), id: row.integer(2))
    }
}
