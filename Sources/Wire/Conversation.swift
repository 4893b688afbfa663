/// What is said on one connection.
///
/// The server calls from one thread, never concurrently.
public protocol Conversation: Sendable {
    /// The longest line accepted now, in bytes without the LF.
    ///
    /// 4 KiB before authentication, 1 MiB after.
    var lineLimit: Int { get }

    /// On whose behalf it is held, such as a tenant's name; nil when nobody has several.
    ///
    /// What is held for one party shares its part of the server's time, however many conversations that are.
    var party: String? { get }

    /// Whether a conversation can begin with this byte; if not, the server closes without a word.
    func mayBegin(with byte: UInt8) -> Bool

    /// Takes a line without its LF, valid during the call only.
    ///
    /// - Returns: Whether an answer will follow, through the outlet and in order.
    func receive(_ line: UnsafeBufferPointer<UInt8>) -> Bool

    /// Learns that an overlong line of `length` bytes was discarded; an answer follows.
    func receiveOverlong(length: Int)

    /// Learns that the client has taken everything, what was sent without answering a line included.
    func outputDrained()

    /// Learns that the connection is gone; outstanding answers are of no use any more.
    func closed()
}
