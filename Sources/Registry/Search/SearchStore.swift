/// What ``SearchIndexer`` needs of a registry's file.
public protocol SearchStore {
    /// How many blocks of customers are indexed.
    func indexedBlocks() throws -> Int64
    func setIndexedBlocks(_ count: Int64) throws
    /// The customers with these ids, ascending.
    func customers(_ ids: Range<Int64>) throws -> [SearchableCustomer]
    /// The rows of a run by gram.
    func rows(ofRun run: Int64) throws -> [SearchRow]
    func removeRun(_ run: Int64) throws
    func insert(_ row: SearchRow, intoRun run: Int64) throws
}
