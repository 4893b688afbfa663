internal import CSystem
internal import Foundation

/// A client that sends any bytes, well-formed or not; whoever waits for more than 20 s has reached the end.
public final class RawClient {
    /// The client's end of the connection, a blocking socket.
    public let descriptor: Int32
    private var received: [UInt8] = []

    /// Makes the socket; it connects at once unless told to wait.
    ///
    /// - Parameters:
    ///   - path: The server's socket.
    ///   - connecting: Whether to connect now and not with ``connect(_:)``.
    /// - Throws: `POSIXError` when the system or the server refuses.
    public init(_ path: String, connecting: Bool = true) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        if connecting { try connect(path) }
    }

    deinit { close(descriptor) }

    /// Connects a client that was told to wait.
    ///
    /// - Throws: `POSIXError` when the system or the server refuses.
    public func connect(_ path: String) throws {
        guard csystem_unix_connect(descriptor, path, path.utf8.count) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }

    /// Sends bytes; what a server that is gone does not take is lost.
    public func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = rest.withUnsafeBytes { csystem_send(descriptor, $0.baseAddress, $0.count) }
            guard length > 0 else { return }
            rest = rest.dropFirst(length)
        }
    }

    /// Sends a text's bytes, as ``write(_:)-([UInt8])`` does.
    public func write(_ text: String) { write(Array(text.utf8)) }

    /// Says that nothing more will come.
    public func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next line without its LF; nil at the end.
    public func readLine() -> String? {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                defer { received.removeSubrange(...end) }
                return String(decoding: received[..<end], as: UTF8.self)
            }
            guard readMore() else { return nil }
        }
    }

    /// The next so many lines, fewer at the end.
    public func readLines(_ count: Int) -> [String] {
        var lines: [String] = []
        while lines.count < count, let line = readLine() { lines.append(line) }
        return lines
    }

    /// Everything up to the end.
    public func readToEnd() -> [UInt8] {
        while readMore() {}
        defer { received = [] }
        return received
    }

    /// Waits, without reading, until the other side has hung up.
    ///
    /// - Returns: Whether it has in time.
    public func waitForHangUp(seconds: Int32 = 20) -> Bool {
        var entry = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&entry, 1, seconds * 1_000) == 1 && entry.revents & Int16(POLLHUP) != 0
    }

    private func readMore() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let length = recv(descriptor, &buffer, buffer.count, 0)
        guard length > 0 else { return false }
        received += buffer[..<length]
        return true
    }
}
