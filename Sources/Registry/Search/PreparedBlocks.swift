/// Blocks of customers worked out for the search index, still to be entered.
public struct PreparedBlocks: Sendable {
    /// A run as it will be.
    struct Run: Sendable {
        let start: Int64
        /// The runs it takes the place of.
        let replaced: [Int64]
        let rows: SearchRows
    }

    /// How many blocks were indexed before.
    let before: Int64
    /// How many will be.
    let after: Int64
    /// How often customers had changed who were not indexed.
    let changes: Int64
    var runs: [Run] = []

    /// Whether the blocks behind them are merged with none of them, so that they can be worked out already.
    var isClosed: Bool { after % SearchBacklog.atOnce == 0 }
}
