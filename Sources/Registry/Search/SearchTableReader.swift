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
        let keys = GramGroup.keys(ofRun: run)
        return try transaction.all(
            "SELECT id, grams FROM search_gram WHERE id >= ? AND id < ? ORDER BY id", .integer(keys.lowerBound),
            .integer(keys.upperBound)
        ) { SearchRow.rows(stored: $0.bytes(1), key: $0.integer(0)) }.flatMap(\.self)
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
        guard let (key, grams) = try stored(around: gram, in: run) else { return nil }
        var found: CustomerBits?
        GramGroup.forEach(of: grams, key: key) { next, set in
            if next == Int64(gram.rawValue) { found = CustomerBits(stored: Array(grams[set]), capacity: run.capacity) }
            return next < Int64(gram.rawValue)
        }
        return found
    }

    /// The key and the grams of the row that a gram is in, or would be; nil when it would be before all others of the run.
    func stored(around gram: SearchGram, in run: SearchRun) throws -> (key: Int64, grams: [UInt8])? {
        try transaction.first(
            "SELECT id, grams FROM search_gram WHERE id <= ? AND id >= ? ORDER BY id DESC LIMIT 1",
            .integer(GramGroup.key(of: Int64(gram.rawValue), inRun: run.start)),
            .integer(GramGroup.keys(ofRun: run.start).lowerBound)
        ) { ($0.integer(0), $0.bytes(1)) }
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
