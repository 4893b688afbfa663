public import Storage

/// Compares the search index with what it was made from.
public struct SearchCheck {
    private let reader: SearchTableReader
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
        reader = SearchTableReader(transaction)
    }

    /// What is wrong, a sentence each.
    ///
    /// - Throws: `StorageError`.
    public func problems() throws -> [String] {
        let runs = SearchRun.runs(ofBlocks: try reader.indexedBlocks())
        var problems: [String] = []
        for run in runs {
            var kept = SearchPostings(for: run)
            kept.add(try reader.rows(ofRun: run.start), of: run, offset: 0)
            var due = SearchPostings(for: run)
            var places: Set<Int> = []
            for customer in try reader.customers(run.ids) {
                let place = run.place(of: customer.id)
                places.insert(place)
                due.add(SearchTerms(customer), at: place)
            }
            // Who is gone stands there until the run is written again; nobody else ever gets the id.
            kept.keep(places)
            guard kept.rows(of: run) != due.rows(of: run) else { continue }
            problems.append("the index of the customers \(run.ids.lowerBound) to \(run.ids.upperBound - 1) differs")
        }
        let known = Set(runs.map(\.start))
        let others = try transaction.all("SELECT DISTINCT id >> 28 FROM search_gram ORDER BY id >> 28") {
            $0.integer(0)
        }
        return problems + others.filter { !known.contains($0) }.map { "the index has a run \($0) too many" }
    }
}
