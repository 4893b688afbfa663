import Registry

/// The search index through SQLite's C interface, with the product's statements.
final class RawSearchStore: SearchStore {
    private let blocks, setBlocks, blockCustomers, blockTags, runRows, remove, insertGram: RawStatement

    /// - Throws: ``BenchError/sqlite(code:message:)``.
    init(_ connection: RawConnection) throws(BenchError) {
        blocks = try RawStatement(.indexedBlocks, on: connection)
        setBlocks = try RawStatement(.setIndexedBlocks, on: connection)
        blockCustomers = try RawStatement(.blockCustomers, on: connection)
        blockTags = try RawStatement(.blockTags, on: connection)
        runRows = try RawStatement(.runRows, on: connection)
        remove = try RawStatement(.removeRun, on: connection)
        insertGram = try RawStatement(.insertGram, on: connection)
    }

    func indexedBlocks() throws -> Int64 { try blocks.first() ?? 0 }

    func setIndexedBlocks(_ count: Int64) throws { try setBlocks.integer(count).run() }

    /// Nobody changes while this one thread works.
    func changes() throws -> Int64 { 0 }

    /// The measured customers carry no tags.
    func customers(_ ids: Range<Int64>) throws -> [SearchableCustomer] {
        var customers: [SearchableCustomer] = []
        try blockCustomers.integer(ids.lowerBound).integer(ids.upperBound).run { row in
            var customer = SearchableCustomer(id: row.column(0))
            customer.name = row.text(ofColumn: 1)
            customer.firstName = row.text(ofColumn: 2)
            customer.lastName = row.text(ofColumn: 3)
            customer.company = row.text(ofColumn: 4)
            customer.emailKey = row.text(ofColumn: 5)
            customer.phone = row.text(ofColumn: 6)
            customer.phoneKey = row.text(ofColumn: 7)
            customers.append(customer)
        }
        try blockTags.integer(ids.lowerBound).integer(ids.upperBound).run()
        return customers
    }

    func rows(ofRun run: Int64) throws -> [SearchRow] {
        var rows: [SearchRow] = []
        let keys = SearchRow.keys(ofRun: run)
        try runRows.integer(keys.lowerBound).integer(keys.upperBound).run { row in
            rows += SearchRow.rows(stored: row.bytes(ofColumn: 1), key: row.column(0))
        }
        return rows
    }

    func removeRun(_ run: Int64) throws {
        let keys = SearchRow.keys(ofRun: run)
        try remove.integer(keys.lowerBound).integer(keys.upperBound).run()
    }

    func insert(_ rows: SearchRows) throws {
        try rows.forEach { key, grams in try insertGram.integer(key).run(blob: Array(grams)) }
    }
}
