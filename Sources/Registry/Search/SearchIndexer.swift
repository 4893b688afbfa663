/// Enters customers into the search index, whole blocks of ids at a time.
///
/// Until their block is entered, the newest customers are searched by looking at each.
public struct SearchIndexer<Store: SearchSource> {
    private let store: Store

    public init(_ store: Store) {
        self.store = store
    }

    /// Works out what is to be entered of the blocks before the one that holds `id`, at most `limit` of them.
    ///
    /// 16 blocks at once cost a third of 16 times one, for nothing is merged later.
    ///
    /// - Parameters:
    ///   - id: All ids below it have been given out.
    ///   - limit: Blocks; each takes some 5 ms.
    ///   - earlier: Blocks that were worked out and are still to be entered, of which none will be merged with these.
    /// - Returns: Nil when all of them are in the index.
    /// - Throws: What the store throws.
    public func prepare(
        upTo id: Int64, limit: Int64, behind earlier: PreparedBlocks? = nil
    ) throws -> PreparedBlocks? {
        let before = try earlier?.after ?? store.indexedBlocks()
        let after = min(id / SearchRun.blockSize, before + limit)
        guard after > before else { return nil }
        var prepared = PreparedBlocks(before: before, after: after, changes: try store.changes())
        let old = SearchRun.runs(ofBlocks: before)
        for run in SearchRun.runs(ofBlocks: after) where run.end > before {
            let parts = old.filter { $0.start >= run.start && $0.end <= run.end }
            prepared.runs.append(try prepare(run, merging: parts, before))
        }
        return prepared
    }

    private func prepare(_ run: SearchRun, merging parts: [SearchRun], _ before: Int64) throws -> PreparedBlocks.Run {
        var postings = SearchPostings(for: run)
        for part in parts {
            let offset = run.place(of: part.ids.lowerBound)
            postings.add(try store.rows(ofRun: part.start), of: part, offset: offset)
        }
        let ids = max(run.ids.lowerBound, before * SearchRun.blockSize)..<run.ids.upperBound
        for customer in try store.customers(ids) {
            postings.add(SearchTerms(customer), at: run.place(of: customer.id))
        }
        return PreparedBlocks.Run(start: run.start, replaced: parts.map(\.start), rows: postings.rows(of: run))
    }
}

extension SearchIndexer where Store: SearchStore {
    /// Enters the blocks before the one that holds `id`, at most `limit` of them; see ``prepare(upTo:limit:)``.
    ///
    /// - Returns: Whether all of them are in the index now.
    /// - Throws: What the store throws.
    public func enter(upTo id: Int64, limit: Int64) throws -> Bool {
        guard let prepared = try prepare(upTo: id, limit: limit) else { return true }
        try put(prepared)
        return prepared.after == id / SearchRun.blockSize
    }

    /// Enters blocks that were worked out before, unless the index or one of their customers has changed since.
    ///
    /// - Returns: Whether they are in the index now.
    /// - Throws: What the store throws.
    public func enter(_ prepared: PreparedBlocks) throws -> Bool {
        guard try store.indexedBlocks() == prepared.before, try store.changes() == prepared.changes else {
            return false
        }
        try put(prepared)
        return true
    }

    private func put(_ prepared: PreparedBlocks) throws {
        for run in prepared.runs {
            for part in run.replaced { try store.removeRun(part) }
            try store.insert(run.rows)
        }
        try store.setIndexedBlocks(prepared.after)
    }
}
