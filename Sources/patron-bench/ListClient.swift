import CSystem
import Glibc

/// A connection that asks for lists, one after the other, without reading what is in them.
final class ListClient {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// - Throws: ``BenchError/system(call:code:)``.
    init(path: String) throws(BenchError) {
        descriptor = csystem_unix_socket()
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        guard csystem_unix_connect(descriptor, path, path.utf8.count) == 0 else {
            throw .system(call: "connect", code: errno)
        }
    }

    deinit { close(descriptor) }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Returns: How many rows came before OK.
    /// - Throws: ``BenchError/unexpectedAnswer(_:)`` unless it is OK, ``BenchError/system(call:code:)``.
    func ask(_ line: String) throws(BenchError) -> Int {
        let request = Array("\(line)\n".utf8)
        let sent = request.withUnsafeBytes { csystem_send(descriptor, $0.baseAddress, $0.count) }
        guard sent == request.count else { throw .system(call: "send", code: errno) }
        received.removeAll(keepingCapacity: true)
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&entry, 1, -1)
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EAGAIN || errno == EINTR { continue }
            guard count > 0 else { throw .system(call: "read", code: count == 0 ? ECONNRESET : errno) }
            received.append(contentsOf: buffer[..<count])
            guard received.last == UInt8(ascii: "\n") else { continue }
            let last = received.dropLast().lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            switch received[last] {
            case UInt8(ascii: "O"): return received.count { $0 == UInt8(ascii: "\n") } - 1
            case UInt8(ascii: "E"):
                throw .unexpectedAnswer(String(decoding: received[last...].dropLast(), as: UTF8.self))
            default: continue
            }
        }
    }
}
