/// Begins the conversation of each new connection.
public protocol ConversationFactory: Sendable {
    /// Begins a conversation with `peer`, whose answers go to `outlet`.
    func open(peer: Peer, outlet: any Outlet) -> any Conversation
}
