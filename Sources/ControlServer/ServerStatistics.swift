/// What a server has done since it was made, at one moment.
public struct ServerStatistics: Sendable, Equatable {
    /// Connections open now.
    public let connections: Int
    /// Connections that were served, ever.
    public let accepted: Int
    /// Connections that were turned away, ever.
    public let refused: Int
    /// Lines handed to conversations, overlong ones included.
    public let lines: Int
    /// Bytes read from clients.
    public let bytesIn: Int
    /// Bytes that clients' sockets took.
    public let bytesOut: Int
}
