import Glibc

/// Why a conversation with the daemon cannot begin or go on.
public enum ClientError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An empty path, or one with a NUL in it.
    case unusablePath
    /// The path does not fit into a socket's address; both numbers are bytes of UTF-8.
    case pathTooLong(bytes: Int, limit: Int)
    /// Nothing is at the path.
    case noSocket(path: String)
    /// Something is at the path, but nobody listens there.
    case connectionRefused(path: String)
    /// The path may not be opened by this user.
    case notPermitted(path: String)
    /// The other side is gone before the answer was complete.
    case connectionLost
    /// A line that the protocol does not know.
    case unknownAnswer(String)
    /// The daemon refused a step that the request needs before it, such as `upload.begin`.
    case refused(ClientFailure)
    /// A file named by `upload=@path` that cannot be read; the code is an errno.
    case unreadableFile(path: String, code: Int32)
    /// Another call to the system failed; the code is an errno.
    case system(call: String, code: Int32)

    public var description: String {
        switch self {
        case .unusablePath: "the socket's path is empty or holds a nul"
        case .pathTooLong(let bytes, let limit): "the socket's path has \(bytes) bytes, at most \(limit) fit"
        case .noSocket(let path): "no socket at \(path), is patrond running"
        case .connectionRefused(let path): "nobody listens at \(path), is patrond running"
        case .notPermitted(let path): "no permission to connect to \(path)"
        case .connectionLost: "the connection was lost"
        case .unknownAnswer(let line): "the answer is not of this protocol: \(line.visible.prefix(80))"
        case .refused(let failure): "\(failure.message) (\(failure.slug))"
        case .unreadableFile(let path, let code): "cannot read \(path): \(Self.text(of: code))"
        case .system(let call, let code): "\(call) failed: \(Self.text(of: code))"
        }
    }

    private static func text(of code: Int32) -> String {
        guard let text = strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}
