import Glibc

/// Why the server cannot listen.
public enum ListeningError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The socket's path is empty or holds a NUL.
    case unusablePath
    /// The path does not fit a socket address; both counts in bytes.
    case pathTooLong(bytes: Int, limit: Int)
    /// Another process answers at the path.
    case inUse(path: String)
    /// A file that is not a socket is at the path; it is left alone.
    case notASocket(path: String)
    /// The service manager passed a number of descriptors other than 1.
    case inheritedCount(Int)
    /// The inherited descriptor is not a listening Unix stream socket.
    case inheritedIsNoListener
    /// The system refused a call, with its errno.
    case system(call: String, code: Int32)

    public var description: String {
        switch self {
        case .unusablePath: "the socket path is empty or holds a nul"
        case .pathTooLong(let bytes, let limit): "the socket path has \(bytes) bytes, at most \(limit) are possible"
        case .inUse(let path): "another process answers at \(path)"
        case .notASocket(let path): "\(path) exists and is not a socket"
        case .inheritedCount(let count): "the service manager passed \(count) descriptors, expected 1"
        case .inheritedIsNoListener: "the inherited descriptor is not a listening unix stream socket"
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)).lowercased())"
        }
    }
}
