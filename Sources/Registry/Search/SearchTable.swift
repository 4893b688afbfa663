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
        let keys = GramGroup.keys(ofRun: run)
        try transaction.execute(
            "DELETE FROM search_gram WHERE id >= ? AND id < ?", .integer(keys.lowerBound), .integer(keys.upperBound))
    }

    public func insert(_ rows: SearchRows) throws {
        guard rows.count > 0 else { return }
        try rows.values.read(from: 0) { reader in
            for _ in 0..<rows.count {
                try transaction.execute("INSERT INTO search_gram (id, grams) VALUES (?, ?)", next: &reader)
            }
        }
    }

    /// Puts a customer into a gram's set, or takes the customer out of it.
    func set(_ gram: SearchGram, of run: SearchRun, at place: Int, to isMember: Bool) throws {
        let stored = try reader.stored(around: gram, in: run)
        var grams = stored.map { SearchRow.rows(stored: $0.grams, key: $0.key) } ?? []
        let index = grams.firstIndex { $0.gram >= Int64(gram.rawValue) } ?? grams.count
        var members = CustomerBits(capacity: run.capacity)
        let isKnown = index < grams.count && grams[index].gram == Int64(gram.rawValue)
        if isKnown { members = CustomerBits(stored: grams.remove(at: index).customers, capacity: run.capacity) }
        guard members[place] != isMember else { return }
        members[place] = isMember
        if !members.isEmpty {
            grams.insert(SearchRow(gram: Int64(gram.rawValue), customers: members.stored), at: index)
        }
        try replace(stored?.key, with: grams, of: run)
    }

    /// Writes some grams in the place of the row with a key; nil for none.
    private func replace(_ key: Int64?, with grams: [SearchRow], of run: SearchRun) throws {
        if let key, grams.first.map({ GramGroup.key(of: $0.gram, inRun: run.start) }) != key {
            try transaction.execute("DELETE FROM search_gram WHERE id = ?", .integer(key))
        }
        var rows = SearchRows(grams, ofRun: run.start, limit: GramGroup.limit)
        // One that has grown too long is halved, so that it is not soon again.
        if rows.count > 1 { rows = SearchRows(grams, ofRun: run.start, limit: GramGroup.limit / 2) }
        try rows.forEach { key, grams in
            try transaction.execute(
                "INSERT INTO search_gram (id, grams) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET grams = excluded.grams",
                .integer(key), .blob(Array(grams)))
        }
    }
}
