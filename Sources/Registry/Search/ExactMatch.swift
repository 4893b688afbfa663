internal import Storage

/// Finds the customers who have exactly what was searched for: they come first.
struct ExactMatch {
    private let transaction: ReadTransaction

    init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// By the customer's number, the whole e-mail address, or the start of an order's number; none for several words.
    func customers(_ search: String) throws -> [CustomerID] {
        guard !search.isEmpty, !search.contains(where: \.isWhitespace) else { return [] }
        let reader = CustomerReader(transaction)
        var found: [CustomerID] = []
        func add(_ customers: [CustomerID]) {
            for customer in customers where !found.contains(customer) { found.append(customer) }
        }
        if let number = Int64(search), String(number) == search {
            add(try reader.customer(number: number).map { [$0] } ?? [])
        }
        // A text that is no address is nobody's.
        if search.contains("@"), let email = try? EmailAddress(parsing: search) {
            add(try reader.customers(email: email))
        }
        add(try OrderReader(transaction).customers(orderNumber: search))
        return found
    }
}
