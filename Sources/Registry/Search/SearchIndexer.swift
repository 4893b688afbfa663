/// Enters customers into the search index, whole blocks of ids at a time.
///
/// Until their block is entered, the newest customers are searched by looking at each.
public struct SearchIndexer<Store: SearchStore> {
    private let store: Store

    public init(_ store: Store) {
        self.store = store
    }

    /// Enters the blocks before the one that holds `id`, at most `limit` of them.
    ///
    /// A call that enters 16 blocks costs a third of 16 calls, for nothing is merged later.
    ///
    /// - Parameters:
    ///   - id: All ids below it have been given out.
    ///   - limit: Blocks; each takes some 5 ms.
    /// - Returns: Whether all of them are in the index now.
    /// - Throws: What the store throws.
    public func enter(upTo id: Int64, limit: Int64) throws -> Bool {
        let before = try store.indexedBlocks()
        let complete = id / SearchRun.blockSize
        let after = min(complete, before + limit)
        guard after > before else { return true }
        let old = SearchRun.runs(ofBlocks: before)
        for run in SearchRun.runs(ofBlocks: after) where run.end > before {
            try enter(run, merging: old.filter { $0.start >= run.start && $0.end <= run.end }, before)
        }
        try store.setIndexedBlocks(after)
        return after == complete
    }

    private func enter(_ run: SearchRun, merging parts: [SearchRun], _ before: Int64) throws {
        var postings = SearchPostings(for: run)
        for part in parts {
            let offset = run.place(of: part.ids.lowerBound)
            postings.add(try store.rows(ofRun: part.start), of: part, offset: offset)
        }
        let ids = max(run.ids.lowerBound, before * SearchRun.blockSize)..<run.ids.upperBound
        for customer in try store.customers(ids) {
            postings.add(SearchTerms(customer), at: run.place(of: customer.id))
        }
        for part in parts { try store.removeRun(part.start) }
        for row in postings.rows() { try store.insert(row, intoRun: run.start) }
    }
}
