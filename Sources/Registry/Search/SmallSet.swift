internal import Storage
internal import StrictJSON

/// Few customers, sorted in memory: an index of all would propose too many who do not fit.
struct SmallSet {
    /// The most customers it may hold.
    static let limit = 1_000

    private let candidates: [Candidate]

    init(
        _ ids: [Int64], by sort: CustomerQuery.Sort, isDescending: Bool, _ transaction: ReadTransaction,
        _ currency: Currency
    ) throws {
        let sorted = try Self.candidates(ids, sort, transaction, currency).sorted {
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

    private static func candidates(
        _ ids: [Int64], _ sort: CustomerQuery.Sort, _ transaction: ReadTransaction, _ currency: Currency
    ) throws -> [Candidate] {
        if sort == .number { return ids.map { Candidate(id: $0, cursor: CustomerCursor(id: $0)) } }
        let list = Value.text(JSON.array(ids.map { .integer($0) }).text)
        if sort == .total {
            return try transaction.all(
                """
                SELECT customer_id, net_minor FROM customer_total
                WHERE customer_id IN (SELECT value FROM json_each(?)) AND currency = ?
                """, list, .text(currency.code)
            ) { row in
                let cursor = CustomerCursor(text: "", number: row.integer(1), tie: row.integer(0))
                return Candidate(id: row.integer(0), cursor: cursor)
            }
        }
        return try transaction.all(
            """
            SELECT id, number, name_key, email_key, email_seat, joined_at, order_count, last_order_at FROM customer
            WHERE id IN (SELECT value FROM json_each(?))
            """, list
        ) { row -> Candidate? in
            let number = row.integer(1)
            let cursor: CustomerCursor? =
                switch sort {
                case .number, .total: nil
                case .name: CustomerCursor(text: row.text(2), number: 0, tie: number)
                case .email: row.textOrNil(3).map { CustomerCursor(text: $0, number: 0, tie: row.integer(4)) }
                case .joined: CustomerCursor(text: "", number: row.integer(5), tie: number)
                case .orders: CustomerCursor(text: "", number: row.integer(6), tie: number)
                case .lastOrder: CustomerCursor(text: "", number: row.integer(7), tie: number)
                }
            return cursor.map { Candidate(id: row.integer(0), cursor: $0) }
        }.compactMap(\.self)
    }
}
