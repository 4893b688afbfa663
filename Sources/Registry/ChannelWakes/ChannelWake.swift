/// A channel, and when it wants to be woken.
public struct ChannelWake: Sendable, Equatable {
    public let channel: String
    public let at: Instant

    public init(channel: String, at: Instant) {
        self.channel = channel
        self.at = at
    }
}
