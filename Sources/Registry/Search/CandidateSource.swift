internal import Storage

/// What proposes customers for a list, chosen by what the query gives.
struct CandidateSource {
    private enum Way {
        case search(SearchReader)
        case few(SmallSet)
        case driver(CustomerDriver)
        case sorted
        /// Stretches of ids, in which the filter's statement alone decides.
        case stretches
    }

    private let transaction: ReadTransaction
    private let currency: Currency
    private let query: CustomerQuery
    private let filter: CustomerFilter
    private let way: Way
    /// Customers that come before all others: those who have exactly what was searched for.
    private let firstOfAll: [CustomerID]

    /// Nil when nothing can be found.
    init?(_ query: CustomerQuery, _ filter: CustomerFilter, _ transaction: ReadTransaction, _ currency: Currency) throws
    {
        guard filter.isPossible else { return nil }
        self.transaction = transaction
        self.currency = currency
        self.query = query
        self.filter = filter
        if query.isSearch {
            let words = query.words
            firstOfAll = try ExactMatch(transaction).customers(query.search ?? "")
            guard !words.isEmpty || !firstOfAll.isEmpty else { return nil }
            way = .search(SearchReader(words, transaction))
            return
        }
        firstOfAll = []
        let drivers = try CustomerDriver.all(for: query, transaction)
        // By number, the customers of a tag come as its index has them.
        let isByID = query.sort == .number && !query.isDescending && drivers.count == 1
        for driver in drivers where !isByID {
            let ids = try driver.ids(after: 0, limit: SmallSet.limit + 1)
            guard ids.count <= SmallSet.limit else { continue }
            way = .few(try SmallSet(ids, by: query.sort, isDescending: query.isDescending, transaction, currency))
            return
        }
        if query.sort != .number {
            way = .sorted
        } else if let driver = drivers.first, !query.isDescending {
            way = .driver(driver)
        } else {
            way = filter.isOpen ? .sorted : .stretches
        }
    }

    /// The next candidates, in the order of the list; `round` counts the calls for one page from 0.
    func candidates(after cursor: CustomerCursor?, limit: Int, round: Int) throws -> CandidatePage {
        switch way {
        case .search(let reader):
            let first = firstOfAll(after: cursor).prefix(limit)
            guard first.isEmpty else {
                return CandidatePage(candidates: Array(first), end: first.last?.cursor, cost: first.count)
            }
            let after = cursor.map { isFirstOfAll($0) ? 0 : $0.tie } ?? 0
            let found = try reader.ids(after: after, limit: limit)
            return CandidatePage(
                candidates: found.ids.map { Candidate(id: $0, cursor: CustomerCursor(id: $0)) },
                end: found.end.map { CustomerCursor(id: $0) }, cost: found.cost)
        case .few(let set): return set.page(after: cursor, isDescending: query.isDescending, limit: limit)
        case .driver(let driver):
            let ids = try driver.ids(after: cursor?.tie ?? 0, limit: limit)
            return page(ids.map { Candidate(id: $0, cursor: CustomerCursor(id: $0)) }, limit: limit)
        case .sorted:
            let ordering = CustomerOrdering(transaction, currency: currency)
            switch query.sort {
            case .orders, .lastOrder:
                return try Self.byOrders(query, after: cursor, limit: limit, transaction, ordering)
            case .number, .name, .email, .joined, .total: break
            }
            let limitValue = Value.integer(Int64(limit))
            return page(
                query.isDescending
                    ? try ordering.descending(query.sort, after: cursor, limit: limitValue)
                    : try ordering.ascending(query.sort, after: cursor, limit: limitValue), limit: limit)
        case .stretches: return try stretch(after: cursor, size: Int64(256 << min(round, 6)))
        }
    }

    /// Whether a row stands before all others; it then counts as found.
    func isFirstOfAll(_ cursor: CustomerCursor) -> Bool {
        query.isSearch && cursor.number > 0
    }

    /// Whether a customer has stood before all others already.
    func wasFirstOfAll(_ candidate: Candidate) -> Bool {
        !isFirstOfAll(candidate.cursor) && firstOfAll.contains { $0.rawValue == candidate.id }
    }

    /// Those that stand before all others carry their place, from 1, as their number.
    private func firstOfAll(after cursor: CustomerCursor?) -> [Candidate] {
        guard cursor == nil || cursor.map(isFirstOfAll) == true else { return [] }
        return firstOfAll.enumerated().dropFirst(Int(cursor?.number ?? 0)).map { place, customer in
            Candidate(
                id: customer.rawValue,
                cursor: CustomerCursor(text: "", number: Int64(place + 1), tie: customer.rawValue))
        }
    }

    private func page(_ candidates: [Candidate], limit: Int) -> CandidatePage {
        CandidatePage(
            candidates: candidates, end: candidates.count < limit ? nil : candidates.last?.cursor,
            cost: candidates.count)
    }

    /// The customers of the next stretch of ids who fit.
    private func stretch(after cursor: CustomerCursor?, size: Int64) throws -> CandidatePage {
        let last = try SearchTableReader(transaction).lastID()
        let range: Range<Int64>
        if query.isDescending {
            let end = min(cursor?.tie ?? .max, last + 1)
            range = max(end - size, 0)..<max(end, 0)
        } else {
            let start = (cursor?.tie ?? 0) + 1
            range = start..<max(start, min(start + size, last + 1))
        }
        let ids = try filter.ids(range)
        let candidates = (query.isDescending ? ids.reversed() : ids).map {
            Candidate(id: $0, cursor: CustomerCursor(id: $0))
        }
        let isLast = query.isDescending ? range.lowerBound <= 1 : range.upperBound > last
        let end = query.isDescending ? range.lowerBound : range.upperBound - 1
        return CandidatePage(
            candidates: candidates, end: isLast ? nil : CustomerCursor(id: end), isFiltered: true,
            cost: range.count / 16)
    }
}
