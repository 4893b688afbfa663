public import Storage

/// Goes through all customers whom a query fits, by id, in chunks that each take little time.
public struct CustomerWalk {
    private let transaction: ReadTransaction
    private let filter: CustomerFilter
    private let driver: CustomerDriver?
    private let search: SearchReader?
    private let exact: [CustomerID]

    /// Customers that one chunk looks at, where nothing narrows them down.
    private static let stretch: Int64 = 16_384
    /// Candidates that one chunk looks at, where an index proposes them.
    private static let size = 1_000

    public init(_ query: CustomerQuery, _ transaction: ReadTransaction, _ shop: Shop) throws {
        self.transaction = transaction
        filter = try CustomerFilter(query, transaction, shop.currency)
        search = query.isSearch ? SearchReader(query.words, transaction) : nil
        exact = query.isSearch ? try ExactMatch(transaction).customers(query.search ?? "") : []
        driver = query.isSearch ? nil : try CustomerDriver.all(for: query, transaction).first
    }

    /// The customers behind one, who fit; the sort order of the query does not matter.
    ///
    /// - Returns: By id, up to some thousands; and behind whom to go on, nil at the end. A chunk may be empty and still go on.
    public func chunk(after customer: CustomerID) throws -> (customers: [CustomerID], next: CustomerID?) {
        guard filter.isPossible else { return ([], nil) }
        let start = customer.rawValue
        if let search {
            let found = try search.ids(after: start, limit: Self.size)
            let end = found.end ?? .max
            var ids = Set(try found.ids.filter { try search.finds($0) })
            ids.formUnion(exact.map(\.rawValue).filter { $0 > start && $0 <= end })
            return (try Self.customers(ids.sorted().filter(filter.accepts)), found.end.map(CustomerID.init(rawValue:)))
        }
        if let driver {
            let ids = try driver.ids(after: start, limit: Self.size)
            let next = ids.count < Self.size ? nil : ids.last.map(CustomerID.init(rawValue:))
            return (Self.customers(try ids.filter(filter.accepts)), next)
        }
        let last = try SearchTableReader(transaction).lastID()
        let end = min(start + Self.stretch, last)
        guard end > start else { return ([], nil) }
        let ids = try filter.ids(start + 1..<end + 1)
        return (Self.customers(ids), end < last ? CustomerID(rawValue: end) : nil)
    }

    /// Whether the query fits a customer.
    public func fits(_ customer: CustomerID) throws -> Bool {
        guard filter.isPossible, try filter.accepts(customer.rawValue) else { return false }
        guard let search, !exact.contains(customer) else { return true }
        return try search.finds(customer.rawValue)
    }

    /// All customers whom the query fits, by id.
    public func all() throws -> [CustomerID] {
        var all: [CustomerID] = []
        var position: CustomerID? = CustomerID(rawValue: 0)
        while let start = position {
            let chunk = try chunk(after: start)
            all += chunk.customers
            position = chunk.next
        }
        return all
    }

    private static func customers(_ ids: [Int64]) -> [CustomerID] { ids.map(CustomerID.init(rawValue:)) }
}
