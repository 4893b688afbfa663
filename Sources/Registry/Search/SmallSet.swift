internal import Storage

/// Few customers, sorted in memory: an index of all would propose too many who do not fit.
struct SmallSet {
    /// The most customers it may hold.
    static let limit = 1_000

    private let candidates: [Candidate]

    init(
        _ ids: [Int64], by sort: CustomerQuery.Sort, isDescending: Bool, _ transaction: ReadTransaction,
        _ currency: Currency
    ) throws {
        let sorted = try ids.compactMap { try Self.candidate($0, sort, transaction, currency) }.sorted {
            Self.precedes($0.cursor, $1.cursor)
        }
        candidates = isDescending ? sorted.reversed() : sorted
    }

    func page(after cursor: CustomerCursor?, isDescending: Bool, limit: Int) -> CandidatePage {
        let rest = candidates.drop { candidate in
            guard let cursor else { return false }
            return isDescending
                ? !Self.precedes(candidate.cursor, cursor) : !Self.precedes(cursor, candidate.cursor)
        }
        var page = CandidatePage()
        page.candidates = Array(rest.prefix(limit))
        page.end = rest.count > limit ? page.candidates.last?.cursor : nil
        page.cost = page.candidates.count
        return page
    }

    /// Bytes are compared, as an index does.
    private static func precedes(_ left: CustomerCursor, _ right: CustomerCursor) -> Bool {
        if left.number != right.number { return left.number < right.number }
        if left.text != right.text { return left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
        return left.tie < right.tie
    }

    private static func candidate(
        _ id: Int64, _ sort: CustomerQuery.Sort, _ transaction: ReadTransaction, _ currency: Currency
    ) throws -> Candidate? {
        let total: Int64? =
            sort == .total
            ? try transaction.first(
                "SELECT net_minor FROM customer_total WHERE customer_id = ? AND currency = ?", .integer(id),
                .text(currency.code)
            ) { $0.integer(0) } : nil
        return try transaction.first(
            """
            SELECT number, name_key, email_key, email_seat, joined_at, order_count, last_order_at FROM customer
            WHERE id = ?
            """, .integer(id)
        ) { row -> Candidate? in
            let number = row.integer(0)
            let cursor: CustomerCursor? =
                switch sort {
                case .number: CustomerCursor(id: id)
                case .name: CustomerCursor(text: row.text(1), number: 0, tie: number)
                case .email: row.textOrNil(2).map { CustomerCursor(text: $0, number: 0, tie: row.integer(3)) }
                case .joined: CustomerCursor(text: "", number: row.integer(4), tie: number)
                case .orders: CustomerCursor(text: "", number: row.integer(5), tie: number)
                case .total: total.map { CustomerCursor(text: "", number: $0, tie: id) }
                case .lastOrder: CustomerCursor(text: "", number: row.integer(6), tie: number)
                }
            return cursor.map { Candidate(id: id, cursor: $0) }
        }.flatMap(\.self)
    }
}
