internal import Storage

/// Keeps the index by which customers are found.
struct SearchWriter {
    private let transaction: WriteTransaction
    private let table: SearchTable

    /// The most blocks one change enters; an older file or an import may have left more.
    private static let limit: Int64 = 4

    init(_ transaction: WriteTransaction) {
        self.transaction = transaction
        table = SearchTable(transaction)
    }

    /// Takes note of a new customer, which costs next to nothing but once in a block.
    func entered(_ customer: CustomerID) throws {
        let id = customer.rawValue
        if id / SearchRun.blockSize > (try table.indexedBlocks()) {
            _ = try SearchIndexer(table).enter(upTo: id, limit: Self.limit)
        }
    }

    /// Replaces the terms of a customer; only the difference is written.
    func replace(_ old: SearchTerms, with new: SearchTerms, for customer: CustomerID) throws {
        guard old != new else { return }
        let id = customer.rawValue
        guard let run = SearchRun.run(of: id, inBlocks: try table.indexedBlocks()) else {
            return try table.noteChange()
        }
        let (before, after) = (old.grams, new.grams)
        try set(before.subtracting(after), in: run, of: id, to: false)
        try set(after.subtracting(before), in: run, of: id, to: true)
    }

    private func set(_ grams: Set<SearchGram>, in run: SearchRun, of id: Int64, to isMember: Bool) throws {
        for gram in grams.sorted(by: { $0.rawValue < $1.rawValue }) {
            try table.set(gram, of: run, at: run.place(of: id), to: isMember)
        }
    }
}

extension SearchTerms {
    /// Every gram once.
    fileprivate var grams: Set<SearchGram> {
        var grams: Set<SearchGram> = []
        forEachGram { grams.insert($0) }
        return grams
    }
}
