import CSystem
import Glibc

/// A connection to the daemon's control socket; its calls block.
///
/// Sending never waits for a daemon that itself waits for its answers to be read: they are kept until asked for.
public final class ControlConnection {
    /// Bytes that fit `sun_path` beside its NUL.
    ///
    /// https://man7.org/linux/man-pages/man7/unix.7.html
    private static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// The socket, non-blocking.
    let descriptor: Int32
    /// Events met while answers were read, in their order; the caller may empty it.
    public var events: [ClientEvent] = []
    private var received = LineBuffer()
    /// Whether the other side has said its last byte.
    private(set) var isEnded = false
    private var unsent: [UInt8] = []
    private var sentCount = 0

    /// Connects to a Unix socket.
    ///
    /// - Throws: ``ClientError/unusablePath``, ``ClientError/pathTooLong(bytes:limit:)``,
    ///   ``ClientError/noSocket(path:)``, ``ClientError/connectionRefused(path:)``,
    ///   ``ClientError/notPermitted(path:)`` or ``ClientError/system(call:code:)``.
    public convenience init(path: String) throws(ClientError) {
        let length = path.utf8.count
        guard length > 0, !path.utf8.contains(0) else { throw .unusablePath }
        guard length <= Self.longestPath else { throw .pathTooLong(bytes: length, limit: Self.longestPath) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        guard csystem_unix_connect(descriptor, path, length) == 0 else {
            let code = errno
            close(descriptor)
            switch code {
            case ENOENT, ENOTDIR: throw .noSocket(path: path)
            case ECONNREFUSED: throw .connectionRefused(path: path)
            case EACCES, EPERM: throw .notPermitted(path: path)
            default: throw .system(call: "connect", code: code)
            }
        }
        try self.init(adopting: descriptor)
    }

    /// Takes over a connected socket, which is closed with this object.
    init(adopting descriptor: Int32) throws(ClientError) {
        guard csystem_adopt(descriptor) == 0 else {
            let code = errno
            close(descriptor)
            throw .system(call: "fcntl", code: code)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Sends a line and returns when the system has taken it.
    ///
    /// - Parameter line: The line without its LF.
    /// - Throws: ``ClientError/connectionLost``; an answer sent before that can still be read.
    public func send(_ line: String) throws(ClientError) {
        enqueue(Array(line.utf8))
        while try !flush() {
            let wanted = isEnded ? POLLOUT : POLLOUT | POLLIN
            if try wait(for: wanted) & Int16(POLLIN) != 0 { try receive() }
        }
    }

    /// The next line without its LF, of any length; nil once the other side has closed.
    ///
    /// - Throws: ``ClientError/system(call:code:)``.
    public func readLine() throws(ClientError) -> String? {
        try nextLine().map { String(decoding: $0, as: UTF8.self) }
    }

    /// The next line as what it says; nil once the other side has closed.
    ///
    /// - Throws: ``ClientError/unknownAnswer(_:)`` or ``ClientError/system(call:code:)``.
    public func readAnswerLine() throws(ClientError) -> AnswerLine? {
        guard let line = try nextLine() else { return nil }
        return try AnswerLine(parsing: line)
    }

    /// Reads the next answer to its end; events met on the way go to ``events``.
    ///
    /// - Throws: ``ClientError/connectionLost`` when it does not end, ``ClientError/unknownAnswer(_:)`` or
    ///   ``ClientError/system(call:code:)``.
    public func reply() throws(ClientError) -> ClientReply {
        var reply = ClientReply()
        while let line = try readAnswerLine() {
            if let event = reply.take(line) { events.append(event) }
            if line.isTerminator { return reply }
        }
        throw .connectionLost
    }

    /// Sends a line and reads its answer; earlier answers must have been read.
    ///
    /// - Throws: As ``reply()``.
    public func ask(_ line: String) throws(ClientError) -> ClientReply {
        do {
            try send(line)
        } catch .connectionLost {
            // A daemon that hangs up says why first.
        }
        return try reply()
    }

    /// Whether an answer line can be read without waiting.
    public func hasBufferedLine() -> Bool { received.hasLine() }

    /// How many bytes wait to be taken by the system.
    var unsentCount: Int { unsent.count - sentCount }

    /// Puts a line behind those that wait to be sent, with its LF.
    func enqueue(_ line: [UInt8]) {
        unsent.append(contentsOf: line)
        unsent.append(ASCII.lineFeed)
    }

    /// Sends what the system takes without waiting.
    ///
    /// - Returns: Whether that is everything.
    func flush() throws(ClientError) -> Bool {
        while sentCount < unsent.count {
            let count = unsent.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sentCount...])
                return csystem_send(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                sentCount += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                if sentCount > 1 << 20 { forgetSent() }
                return false
            case EPIPE, ECONNRESET:
                sentCount = unsent.count
                forgetSent()
                throw .connectionLost
            default: throw .system(call: "send", code: errno)
            }
        }
        forgetSent()
        return true
    }

    /// Reads once, without waiting; notes the end.
    func receive() throws(ClientError) {
        guard !isEnded else { return }
        let length = received.read(from: descriptor)
        if length == 0 { isEnded = true }
        guard length < 0 else { return }
        switch errno {
        case EINTR, EAGAIN: break
        case ECONNRESET: isEnded = true
        default: throw .system(call: "read", code: errno)
        }
    }

    /// The next line that has arrived; nil when none is complete.
    func bufferedLine() -> [UInt8]? { received.nextLine() }

    private func nextLine() throws(ClientError) -> [UInt8]? {
        while true {
            if let line = received.nextLine() { return line }
            // What follows the last LF is cut off: it may look like an answer and be none.
            if isEnded { return nil }
            _ = try wait(for: POLLIN)
            try receive()
        }
    }

    private func forgetSent() {
        unsent.removeFirst(sentCount)
        sentCount = 0
    }

    /// Waits for one of the events and returns those that have come; a hang-up counts as readable.
    private func wait(for wanted: Int32) throws(ClientError) -> Int16 {
        var entry = pollfd(fd: descriptor, events: Int16(wanted), revents: 0)
        while poll(&entry, 1, -1) < 0 {
            guard errno == EINTR else { throw .system(call: "poll", code: errno) }
        }
        return entry.revents & Int16(POLLHUP) == 0 ? entry.revents : entry.revents | Int16(POLLIN)
    }
}
