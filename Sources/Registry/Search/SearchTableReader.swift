internal import Storage

/// Reads the search index, and what it is made from.
struct SearchTableReader: SearchSource {
    private let transaction: ReadTransaction

    init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    func indexedBlocks() throws -> Int64 {
        try transaction.first("SELECT blocks FROM search_progress WHERE id = 1") { $0.integer(0) } ?? 0
    }

    func changes() throws -> Int64 {
        try transaction.first("SELECT changes FROM search_progress WHERE id = 1") { $0.integer(0) } ?? 0
    }

    func rows(ofRun run: Int64) throws -> [SearchRow] {
        try transaction.all(
            "SELECT gram, customers FROM search_gram WHERE run = ? ORDER BY gram", .integer(run)
        ) { SearchRow(gram: $0.integer(0), customers: $0.bytes(1)) }
    }

    /// How many blocks of customers are complete and not indexed.
    func waitingBlocks() throws -> Int64 {
        max(0, try lastID() / SearchRun.blockSize - indexedBlocks())
    }

    /// The highest id of a customer, 0 when there is none.
    func lastID() throws -> Int64 {
        try transaction.first("SELECT max(id) FROM customer") { $0.integer(0) } ?? 0
    }

    /// The customers of a run that have a gram, nil when there are none.
    func customers(with gram: SearchGram, in run: SearchRun) throws -> CustomerBits? {
        try transaction.first(
            "SELECT customers FROM search_gram WHERE run = ? AND gram = ?", .integer(run.start),
            .integer(Int64(gram.rawValue))
        ) { CustomerBits(stored: $0.bytes(0), capacity: run.capacity) }
    }

    /// The customers with these ids, ascending.
    func customers(_ ids: Range<Int64>) throws -> [SearchableCustomer] {
        var customers = try transaction.all(
            """
            SELECT id, name, first_name, last_name, company, email_key, phone, phone_key FROM customer
            WHERE id >= ? AND id < ? ORDER BY id
            """, .integer(ids.lowerBound), .integer(ids.upperBound)
        ) { row in
            var customer = SearchableCustomer(id: row.integer(0))
            customer.name = row.textOrNil(1)
            customer.firstName = row.textOrNil(2)
            customer.lastName = row.textOrNil(3)
            customer.company = row.textOrNil(4)
            customer.emailKey = row.textOrNil(5)
            customer.phone = row.textOrNil(6)
            customer.phoneKey = row.textOrNil(7)
            return customer
        }
        let tags = try transaction.all(
            """
            SELECT customer_tag.customer_id, tag.name FROM customer_tag JOIN tag ON tag.id = customer_tag.tag_id
            WHERE customer_tag.customer_id >= ? AND customer_tag.customer_id < ? ORDER BY customer_tag.customer_id
            """, .integer(ids.lowerBound), .integer(ids.upperBound)
        ) { (customer: $0.integer(0), name: $0.text(1)) }
        var index = 0
        for tag in tags {
            while index < customers.count, customers[index].id < tag.customer { index += 1 }
            if index < customers.count, customers[index].id == tag.customer { customers[index].tags.append(tag.name) }
        }
        return customers
    }
}
