import CSystem
import Glibc

/// A connection to the daemon's socket that has one request in flight.
final class ClientSocket {
    let descriptor: Int32
    private var received: [UInt8] = []
    private static let bufferSize = 4096
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 1)

    /// - Throws: ``BenchError/system(call:code:)``.
    init(path: String) throws(BenchError) {
        descriptor = csystem_unix_socket()
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        guard csystem_unix_connect(descriptor, path, path.utf8.count) == 0 else {
            throw .system(call: "connect", code: errno)
        }
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// Sends a request; the socket has room for it, for nothing else is under way.
    ///
    /// - Throws: ``BenchError/system(call:code:)``.
    func send(_ request: NumberedText, after prefix: [UInt8] = []) throws(BenchError) {
        let bytes = prefix + request.bytes
        let count = csystem_send(descriptor, bytes, bytes.count)
        guard count == bytes.count else { throw .system(call: "send", code: count < 0 ? errno : EAGAIN) }
    }

    /// Reads what has come.
    ///
    /// - Returns: Whether the answer is complete.
    /// - Throws: ``BenchError/unexpectedAnswer(_:)`` unless it is OK, ``BenchError/system(call:code:)``.
    func receive() throws(BenchError) -> Bool {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else {
            if count < 0, errno == EAGAIN || errno == EINTR { return false }
            throw .system(call: "read", code: count == 0 ? ECONNRESET : errno)
        }
        let isComplete = buffer[count - 1] == UInt8(ascii: "\n")
        if isComplete, received.isEmpty, buffer[0] == UInt8(ascii: "O") { return true }
        received.append(contentsOf: buffer[..<count])
        guard isComplete else { return false }
        defer { received.removeAll(keepingCapacity: true) }
        guard received.first == UInt8(ascii: "O") else {
            throw .unexpectedAnswer(String(decoding: received.dropLast(), as: UTF8.self))
        }
        return true
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Throws: As ``receive()``.
    func ask(_ line: String) throws(BenchError) {
        try ask(NumberedText("\(line)\n"))
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Throws: As ``receive()``.
    func ask(_ request: NumberedText) throws(BenchError) {
        try send(request)
        try wait()
    }

    /// Waits for the answer to what was sent.
    ///
    /// - Throws: As ``receive()``.
    func wait() throws(BenchError) {
        repeat {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&entry, 1, -1)
        } while try !receive()
    }
}
