import Foundation

/// A client that sends any bytes, well-formed or not; whoever waits for more than 20 s has reached the end.
final class RawClient {
    private let descriptor: Int32
    private var received: [UInt8] = []

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        let code = UnixAddress.use(path) { connect(descriptor, $0, $1) }
        guard code == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    deinit { close(descriptor) }

    /// Sends bytes; what a gone daemon does not take is lost.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard length > 0 else { return }
            rest = rest.dropFirst(length)
        }
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    /// Says that nothing more will come.
    func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next line without its LF; nil at the end.
    func readLine() -> String? {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                defer { received.removeSubrange(...end) }
                return String(decoding: received[..<end], as: UTF8.self)
            }
            guard readMore() else { return nil }
        }
    }

    /// Everything up to the end.
    func readToEnd() -> [UInt8] {
        while readMore() {}
        defer { received = [] }
        return received
    }

    /// Waits, without reading, until the other side has hung up.
    ///
    /// - Returns: Whether it has in time.
    func waitForHangUp(seconds: Int32 = 20) -> Bool {
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
