public import Storage

/// Lists and searches customers, a page at a time, along an index.
///
/// An index proposes candidates in the order of the list; what it did not decide is checked on each. A page looks at a
/// bounded number of candidates, so that a filter which fits few customers still answers soon.
public struct CustomerList {
    private static let budget = 2_000
    private let transaction: ReadTransaction
    private let shop: Shop

    public init(_ transaction: ReadTransaction, _ shop: Shop) {
        self.transaction = transaction
        self.shop = shop
    }

    /// A page of customers.
    ///
    /// - Returns: At most `limit` customers, and where to go on; nil at the end. A page may hold fewer and still go on.
    public func page(
        _ query: CustomerQuery, after cursor: CustomerCursor?, limit: Int
    ) throws -> (customers: [Customer], next: CustomerCursor?) {
        let filter = try CustomerFilter(query, transaction, shop.currency)
        guard let source = try CandidateSource(query, filter, transaction, shop.currency) else { return ([], nil) }
        let reader = CustomerReader(transaction)
        let words = query.words
        var customers: [Customer] = []
        var position = cursor
        var spent = 0
        var round = 0
        while spent < Self.budget {
            let page = try source.candidates(after: position, limit: min(max(limit, 10), 500), round: round)
            for candidate in page.candidates {
                position = candidate.cursor
                guard !source.wasFirstOfAll(candidate) else { continue }
                // The search index may still have a customer who was removed.
                let isSure = page.isFiltered || filter.isOpen && !query.isSearch
                guard try isSure || filter.accepts(candidate.id) else { continue }
                let customer = try reader.record(CustomerID(rawValue: candidate.id))
                guard customer.mergedInto == nil else { continue }
                guard query.status != nil || customer.status != .erased else { continue }
                if !words.isEmpty, !source.isFirstOfAll(candidate.cursor) {
                    let terms = SearchTerms.terms(of: customer)
                    guard words.allSatisfy(terms.contain) else { continue }
                }
                customers.append(customer)
                if customers.count == limit { return (customers, position) }
            }
            guard let end = page.end else { return (customers, nil) }
            position = end
            spent += page.cost
            round += 1
        }
        return (customers, position)
    }

    /// How many customers a query fits; looks at all of them.
    public func count(_ query: CustomerQuery) throws -> Int {
        try CustomerWalk(query, transaction, shop).all().count
    }
}
