public import Storage

/// The search index in a tenant's own file.
public struct SearchTable: SearchStore {
    private let transaction: WriteTransaction
    private let reader: SearchTableReader

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
        reader = SearchTableReader(transaction.reading)
    }

    public func indexedBlocks() throws -> Int64 { try reader.indexedBlocks() }

    public func setIndexedBlocks(_ count: Int64) throws {
        try transaction.execute("UPDATE search_progress SET blocks = ? WHERE id = 1", .integer(count))
    }

    public func customers(_ ids: Range<Int64>) throws -> [SearchableCustomer] { try reader.customers(ids) }

    public func changes() throws -> Int64 { try reader.changes() }

    public func rows(ofRun run: Int64) throws -> [SearchRow] { try reader.rows(ofRun: run) }

    /// Takes note that a customer has changed who is not indexed.
    func noteChange() throws {
        try transaction.execute("UPDATE search_progress SET changes = changes + 1 WHERE id = 1")
    }

    public func removeRun(_ run: Int64) throws {
        try transaction.execute("DELETE FROM search_gram WHERE run = ?", .integer(run))
    }

    public func insert(_ rows: SearchRows) throws {
        guard rows.count > 0 else { return }
        // Sixteen rows to a statement: starting one costs as much as a row.
        try rows.values.read(from: 0) { reader in
            for _ in 0..<rows.count / 16 {
                try transaction.execute(
                    """
                    INSERT INTO search_gram (run, gram, customers) VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?),
                        (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?),
                        (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)
                    """, next: &reader)
            }
            for _ in 0..<rows.count % 16 {
                try transaction.execute(
                    "INSERT INTO search_gram (run, gram, customers) VALUES (?, ?, ?)", next: &reader)
            }
        }
    }

    /// Puts a customer into a gram's set, or takes the customer out of it.
    func set(_ gram: SearchGram, of run: SearchRun, at place: Int, to isMember: Bool) throws {
        var members = try reader.customers(with: gram, in: run) ?? CustomerBits(capacity: run.capacity)
        guard members[place] != isMember else { return }
        members[place] = isMember
        if members.isEmpty {
            try transaction.execute(
                "DELETE FROM search_gram WHERE run = ? AND gram = ?", .integer(run.start),
                .integer(Int64(gram.rawValue)))
        } else {
            try transaction.execute(
                """
                INSERT INTO search_gram (run, gram, customers) VALUES (?, ?, ?)
                ON CONFLICT (run, gram) DO UPDATE SET customers = excluded.customers
                """, .integer(run.start), .integer(Int64(gram.rawValue)), .blob(members.stored))
        }
    }
}
