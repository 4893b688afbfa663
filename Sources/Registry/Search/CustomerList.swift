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
        guard let source = try CandidateSource(query, transaction, shop) else { return ([], nil) }
        let reader = CustomerReader(transaction)
        let filter = CustomerFilter(query)
        var customers: [Customer] = []
        var position = cursor
        var examined = 0
        while examined < Self.budget {
            let size = min(max(limit, 10), 500)
            let candidates = try source.candidates(after: position, limit: size)
            for candidate in candidates {
                position = candidate
                guard !source.wasFirstOfAll(candidate) else { continue }
                let customer = try reader.record(CustomerID(rawValue: candidate.id))
                let isFound = source.isFirstOfAll(candidate) || filter.isFound(customer, as: candidate)
                guard isFound, filter.accepts(customer) else { continue }
                customers.append(customer)
                if customers.count == limit { return (customers, position) }
            }
            if candidates.count < size { return (customers, nil) }
            examined += candidates.count
        }
        return (customers, position)
    }
}

extension CustomerList {
    /// How many customers a query fits; walks through all of them.
    public func count(_ query: CustomerQuery) throws -> Int {
        var count = 0
        var cursor: CustomerCursor?
        repeat {
            let page = try page(query, after: cursor, limit: 500)
            count += page.customers.count
            cursor = page.next
        } while cursor != nil
        return count
    }
}
