/// Who is at the other end of a connection, as the kernel says.
public struct Peer: Sendable, Equatable {
    /// The user the process ran as when it connected.
    public var userID: UInt32
    /// The process that connected; it may have ended since.
    public var processID: Int32

    /// Puts the two together.
    public init(userID: UInt32, processID: Int32) {
        self.userID = userID
        self.processID = processID
    }
}
