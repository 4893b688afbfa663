public import Storage
internal import StrictJSON

/// Finds what a channel has not been told yet.
public struct DeliveryReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The last entry a channel has dealt with; nil when it has never been told any.
    public func position(of channel: String) throws -> Int64? {
        try transaction.first("SELECT seq FROM delivery WHERE channel = ?", .text(channel)) { $0.integer(0) }
    }

    /// The newest entry there is, 0 when there is none.
    public func newest() throws -> Int64 {
        try transaction.first("SELECT coalesce(max(seq), 0) FROM timeline") { $0.integer(0) } ?? 0
    }

    /// Entries after `seq`, oldest first, each with the channel of the order it tells of.
    public func entries(after seq: Int64, limit: Int) throws -> [(entry: TimelineEntry, channel: String?)] {
        try transaction.all(
            """
            SELECT timeline.seq, at, topic, actor, timeline.customer_id, order_id, data, customer_order.channel
            FROM timeline LEFT JOIN customer_order ON customer_order.id = order_id
            WHERE timeline.seq > ? ORDER BY timeline.seq LIMIT ?
            """, .integer(seq), .integer(Int64(limit))
        ) { (entry: TimelineReader.entry($0), channel: $0.textOrNil(7)) }
    }
}
