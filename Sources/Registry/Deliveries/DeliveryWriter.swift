public import Storage

/// Notes how far a channel has been told.
public struct DeliveryWriter {
    private let transaction: WriteTransaction

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Lets a channel that has never been told anything be told what comes from now on.
    public func begin(_ channel: String) throws {
        try transaction.execute(
            """
            INSERT INTO delivery (channel, seq) VALUES (?, (SELECT coalesce(max(seq), 0) FROM timeline))
            ON CONFLICT (channel) DO NOTHING
            """, .text(channel))
    }

    /// A channel has dealt with all entries up to `seq`; one that it has dealt with before changes nothing.
    ///
    /// - Returns: Whether it is news.
    public func advance(_ channel: String, to seq: Int64) throws -> Bool {
        try transaction.change(
            "UPDATE delivery SET seq = ? WHERE channel = ? AND seq < ?", .integer(seq), .text(channel), .integer(seq))
            == 1
    }
}
