public import Storage

/// Notes when channels want to be woken.
public struct ChannelWakeWriter {
    private let transaction: WriteTransaction

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Lets a channel be woken at a time; of several the earliest counts.
    public func set(_ channel: String, at: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO channel_wake (channel, wake_at) VALUES (?, ?)
            ON CONFLICT (channel) DO UPDATE SET wake_at = excluded.wake_at WHERE excluded.wake_at < wake_at
            """, .text(channel), .integer(at.seconds))
    }

    /// Takes out a channel whose time has come; it says itself when it wants to be woken again.
    ///
    /// - Returns: False when its time has not come, or somebody has taken it out before.
    public func take(_ channel: String, at: Instant) throws -> Bool {
        try transaction.change(
            "DELETE FROM channel_wake WHERE channel = ? AND wake_at <= ?", .text(channel), .integer(at.seconds)) == 1
    }
}
