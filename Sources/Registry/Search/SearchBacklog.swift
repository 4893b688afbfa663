public import Storage

/// Customers who wait to be entered into the search index: those of an older file, or of a big import.
///
/// They are found all the same, by looking at each, which takes longer the more there are.
public struct SearchBacklog {
    /// So many blocks entered together cost the least for each customer.
    public static let atOnce: Int64 = 16

    private let table: SearchTable
    private let reader: SearchTableReader

    public init(_ transaction: WriteTransaction) {
        table = SearchTable(transaction)
        reader = SearchTableReader(transaction.reading)
    }

    /// How many blocks of 1,024 customers wait; the block of the newest customer does not count.
    public func blocks() throws -> Int64 { try reader.waitingBlocks() }

    /// Enters blocks that wait, the oldest first; ``atOnce`` at a time cost the least for each customer.
    ///
    /// - Returns: Whether none is left.
    public func enter(atMost limit: Int64) throws -> Bool {
        try SearchIndexer(table).enter(upTo: try reader.lastID(), limit: limit)
    }

    /// Works out, while others write, what is to be entered of the blocks that wait.
    ///
    /// `earlier` were worked out before and may still wait to be entered.
    ///
    /// - Returns: ``atOnce`` blocks or, if `few` of them do, less; nil when not so many wait, or cannot be worked out
    ///   before those are entered.
    public static func prepare(
        _ transaction: ReadTransaction, few: Bool, behind earlier: PreparedBlocks? = nil
    ) throws -> PreparedBlocks? {
        let reader = SearchTableReader(transaction)
        let (last, entered) = (try reader.lastID(), try reader.indexedBlocks())
        // What was entered meanwhile, or could not be, is nothing to go on from.
        let open = earlier.flatMap { entered <= $0.before ? $0 : nil }
        guard open.map(\.isClosed) ?? true else { return nil }
        let waiting = last / SearchRun.blockSize - (open?.after ?? entered)
        guard waiting >= (few ? 1 : atOnce) else { return nil }
        return try SearchIndexer(reader).prepare(upTo: last, limit: atOnce, behind: open)
    }

    /// Enters blocks that were worked out.
    ///
    /// - Returns: False when something has changed since, so that they must be worked out again.
    public func enter(_ prepared: PreparedBlocks) throws -> Bool {
        try SearchIndexer(table).enter(prepared)
    }
}
