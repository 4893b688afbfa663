import Foundation

@testable import ControlClient

/// The far end of a connection: what a daemon would do, done by a test.
struct Far: Sendable {
    let descriptor: Int32

    /// A connection and its far end.
    static func pair() throws -> (ControlConnection, Far) {
        var descriptors: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &descriptors) == 0 else {
            throw ClientError.system(call: "socketpair", code: errno)
        }
        return (try ControlConnection(adopting: descriptors[0]), Far(descriptor: descriptors[1]))
    }

    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func close() { Foundation.close(descriptor) }

    /// Answers every line on a thread of its own, writing before it reads on, until the connection ends.
    func answer(_ reply: @escaping @Sendable (String) -> String) {
        Thread.detachNewThread {
            var lines = LineBuffer()
            while lines.read(from: descriptor) > 0 {
                while let line = lines.nextLine() { write(reply(String(decoding: line, as: UTF8.self))) }
            }
            close()
        }
    }
}
