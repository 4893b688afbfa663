import CSystem
import ControlServer
import Glibc

/// A client with a blocking socket; a read that gets nothing for 20 s ends as at the end of file.
final class TestClient {
    let descriptor: Int32
    private var received: [UInt8] = []

    /// Makes the socket; it connects at once unless told to wait.
    init(_ path: String, connecting: Bool = true) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ListeningError.system(call: "socket", code: errno) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if connecting { try connect(path) }
    }

    deinit { Glibc.close(descriptor) }

    func connect(_ path: String) throws {
        guard csystem_unix_connect(descriptor, path, path.utf8.count) == 0 else {
            throw ListeningError.system(call: "connect", code: errno)
        }
    }

    func write(_ text: String) {
        write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = rest.withUnsafeBytes { csystem_send(descriptor, $0.baseAddress, $0.count) }
            guard length > 0 else { return }
            rest = rest.dropFirst(length)
        }
    }

    /// The next line without its LF; nil once the connection is over.
    func readLine() -> String? {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                defer { received.removeSubrange(...end) }
                return String(decoding: received[..<end], as: UTF8.self)
            }
            guard readMore() else { return nil }
        }
    }

    func readLines(_ count: Int) -> [String] {
        var lines: [String] = []
        while lines.count < count, let line = readLine() { lines.append(line) }
        return lines
    }

    /// Reads to the end of the connection and tells how many bytes that were.
    func readToEnd() -> Int {
        var count = received.count
        received = []
        while readMore() {
            count += received.count
            received = []
        }
        return count
    }

    func endOutput() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// One line and its echo: what clients that connected earlier have written before has been read by then.
    func roundTrip() -> Bool {
        write("ping\n")
        return readLine() == "ping"
    }

    private func readMore() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let length = recv(descriptor, &buffer, buffer.count, 0)
        guard length > 0 else { return false }
        received += buffer[..<length]
        return true
    }
}
