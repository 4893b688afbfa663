public import Storage

/// Customers who wait to be entered into the search index: those of an older file, or of a big import.
///
/// They are found all the same, by looking at each, which takes longer the more there are.
public struct SearchBacklog {
    private let table: SearchTable
    private let reader: SearchTableReader

    public init(_ transaction: WriteTransaction) {
        table = SearchTable(transaction)
        reader = SearchTableReader(transaction.reading)
    }

    /// How many blocks of 1,024 customers wait; the block of the newest customer does not count.
    public func blocks() throws -> Int64 {
        max(0, try reader.lastID() / SearchRun.blockSize - table.indexedBlocks())
    }

    /// Enters blocks that wait, the oldest first; 16 at a time cost the least for each customer.
    ///
    /// - Returns: Whether none is left.
    public func enter(atMost limit: Int64) throws -> Bool {
        try SearchIndexer(table).enter(upTo: try reader.lastID(), limit: limit)
    }
}
