public import Storage

/// Finds which channels want to be woken.
public struct ChannelWakeReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// All channels that want to be woken, in the order of their ids.
    public func all() throws -> [ChannelWake] {
        try transaction.all("SELECT channel, wake_at FROM channel_wake ORDER BY channel") {
            ChannelWake(channel: $0.text(0), at: Instant(seconds: $0.integer(1)))
        }
    }
}
