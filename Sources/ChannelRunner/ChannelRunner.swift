public import ChannelKit
internal import Glibc
internal import Polling

/// Runs a channel as a program of its own, which speaks the plugin wire on standard input and output.
///
/// For channels whose work is pure: they translate and revise. What needs a transaction, `review`, `record`, `follow` and
/// verbs of their own, a program does by effects instead, and is not called here.
public struct ChannelRunner {
    private static let lineLimit = 1 << 20

    private let channel: RunningChannel

    /// A runner of this channel.
    public init(_ type: any ChannelPlugin.Type) {
        channel = RunningChannel(type)
    }

    /// Answers until standard input ends or the host says `shutdown`; blocks.
    public func run() {
        var channel = channel
        var input = ByteQueue()
        var cutter = LineCutter()
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while !channel.isOver {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            buffer.withUnsafeBufferPointer { input.append(UnsafeBufferPointer(rebasing: $0[..<count])) }
            // What came together is answered together.
            var output: [UInt8] = []
            var offset = 0
            input.withBytes { bytes in
                while case .line(let line) = cutter.next(in: bytes, at: &offset, limit: Self.lineLimit) {
                    output += channel.answer(Array(line))
                }
            }
            input.drop(offset)
            guard write(output) else { return }
        }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
