internal import Storage

/// The index that proposes customers for a list, chosen by what the query gives.
struct CandidateSource {
    private enum Index {
        case term(String)
        case tag(TagID)
        case channel(String)
        case consent(ConsentStatus)
        case status(CustomerStatus)
        case sorted(CustomerQuery.Sort, isDescending: Bool)

        var isSearch: Bool {
            switch self {
            case .term: true
            case .tag, .channel, .consent, .status, .sorted: false
            }
        }
    }

    private let transaction: ReadTransaction
    private let shop: Shop
    private let index: Index
    /// Customers that come before all others: those whose order number was searched for.
    private let firstOfAll: [CustomerID]

    /// Nil when nothing can be found.
    init?(_ query: CustomerQuery, _ transaction: ReadTransaction, _ shop: Shop) throws {
        self.transaction = transaction
        self.shop = shop
        if let search = query.search {
            let words = SearchTerms.query(search)
            let isOneWord = !search.contains(" ") && !search.isEmpty
            firstOfAll = isOneWord ? try OrderReader(transaction).customers(orderNumber: search) : []
            guard !words.isEmpty || !firstOfAll.isEmpty else { return nil }
            index = .term(SearchTerms.leading(words))
            return
        }
        firstOfAll = []
        if query.sort != .number || query.isDescending {
            index = .sorted(query.sort, isDescending: query.isDescending)
        } else if let name = query.tag {
            guard let tag = try TagReader(transaction).tag(named: name) else { return nil }
            index = .tag(tag)
        } else if let status = query.status, status != .active {
            index = .status(status)
        } else if query.isSubscribed == true {
            index = .consent(.subscribed)
        } else if let channel = query.channel {
            index = .channel(channel)
        } else {
            index = .sorted(.number, isDescending: query.isDescending)
        }
    }

    /// The next candidates, in the order of the list.
    func candidates(after cursor: CustomerCursor?, limit: Int) throws -> [CustomerCursor] {
        let first = firstOfAll(after: cursor).prefix(limit)
        if !first.isEmpty { return try first + candidates(after: Self.afterFirst, limit: limit - first.count) }
        let id = Value.integer(cursor?.id ?? 0)
        let limit = Value.integer(Int64(limit))
        switch index {
        case .term(let word):
            guard !word.isEmpty else { return [] }
            return try transaction.all(
                """
                SELECT term, customer_id FROM search_term
                WHERE (term, customer_id) > (?, ?) AND term < ? ORDER BY term, customer_id LIMIT ?
                """, .text(cursor.flatMap { $0.text.isEmpty ? nil : $0.text } ?? word), id,
                .text(word + "\u{10FFFF}"), limit
            ) { CustomerCursor(text: $0.text(0), number: 0, id: $0.integer(1)) }
        case .tag(let tag):
            return try transaction.all(
                "SELECT customer_id FROM customer_tag WHERE tag_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?",
                .integer(tag.rawValue), id, limit, element: Self.byID)
        case .channel(let channel):
            return try transaction.all(
                """
                SELECT customer_id FROM customer_channel WHERE channel = ? AND customer_id > ?
                ORDER BY customer_id LIMIT ?
                """, .text(channel), id, limit, element: Self.byID)
        case .consent(let status):
            return try transaction.all(
                """
                SELECT customer_id FROM consent WHERE purpose = 'newsletter' AND status = ? AND customer_id > ?
                ORDER BY customer_id LIMIT ?
                """, .text(status.rawValue), id, limit, element: Self.byID)
        case .status(let status):
            return try transaction.all(
                """
                SELECT id FROM customer WHERE status = ? AND status <> 'active' AND id > ? ORDER BY id LIMIT ?
                """, .text(status.rawValue), id, limit, element: Self.byID)
        case .sorted(let sort, let isDescending):
            let ordering = CustomerOrdering(transaction, currency: shop.currency)
            return try isDescending
                ? ordering.descending(sort, after: cursor, limit: limit)
                : ordering.ascending(sort, after: cursor, limit: limit)
        }
    }

    /// Whether a candidate stands before all others; it then counts as found.
    func isFirstOfAll(_ candidate: CustomerCursor) -> Bool {
        index.isSearch && candidate.number > 0
    }

    /// Whether a customer has stood before all others already.
    func wasFirstOfAll(_ candidate: CustomerCursor) -> Bool {
        !isFirstOfAll(candidate) && firstOfAll.contains { $0.rawValue == candidate.id }
    }

    /// Those that stand before all others carry their place, from 1, as their number.
    private func firstOfAll(after cursor: CustomerCursor?) -> [CustomerCursor] {
        guard index.isSearch, cursor == nil || cursor.map(isFirstOfAll) == true else { return [] }
        return firstOfAll.enumerated().dropFirst(Int(cursor?.number ?? 0)).map { place, customer in
            CustomerCursor(text: "", number: Int64(place + 1), id: customer.rawValue)
        }
    }

    private static let afterFirst = CustomerCursor(text: "", number: 0, id: 0)

    private static func byID(_ row: Row) -> CustomerCursor {
        CustomerCursor(text: "", number: 0, id: row.integer(0))
    }
}
