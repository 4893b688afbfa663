/// What the search index is made from.
public protocol SearchSource {
    /// How many blocks of customers are indexed.
    func indexedBlocks() throws -> Int64
    /// How often customers changed who were not indexed yet.
    func changes() throws -> Int64
    /// The customers with these ids, ascending.
    func customers(_ ids: Range<Int64>) throws -> [SearchableCustomer]
    /// The rows of a run by gram.
    func rows(ofRun run: Int64) throws -> [SearchRow]
}

/// What ``SearchIndexer`` needs of a registry's file to enter customers.
public protocol SearchStore: SearchSource {
    func setIndexedBlocks(_ count: Int64) throws
    func removeRun(_ run: Int64) throws
    func insert(_ rows: SearchRows) throws
}
