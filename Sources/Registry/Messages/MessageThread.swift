/// A conversation with one customer by mail.
public struct MessageThread: Sendable, Equatable {
    public let id: ThreadID
    public let customer: CustomerID
    public let subject: String
    /// How many messages that came in nobody has read.
    public let unread: Int64
    public let startedAt: Instant
    /// When the newest message came or went.
    public let lastAt: Instant
}
