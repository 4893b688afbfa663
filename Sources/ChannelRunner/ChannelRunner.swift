public import ChannelKit
internal import Glibc
internal import Polling

/// Runs a channel as a program of its own, which speaks the plugin wire on standard input and output.
///
/// For channels that check and translate orders. What a ``ChannelPlugin`` may do besides needs the host's transaction,
/// which no program of its own is let into; a program that needs more says by effects what should happen.
public struct ChannelRunner {
    private static let lineLimit = 1 << 20

    private let channel: RunningChannel

    /// A runner of this channel.
    ///
    /// One that does work in transactions is not served by halves: whoever starts it is told so.
    public init(_ type: any OrderChannel.Type) {
        channel = RunningChannel(type, fault: (type as? any ChannelPlugin.Type).map(ChannelRefusal.init(halving:)))
    }

    /// A runner of a channel's orders alone: review, settle, record and follow are not called, its verbs and tables are
    /// not there.
    public init(ordersOf type: any OrderChannel.Type) {
        channel = RunningChannel(type, fault: nil)
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

extension ChannelRefusal {
    /// Only part of what the channel does could be done outside the host's transaction.
    fileprivate init(halving type: any ChannelPlugin.Type) {
        let descriptor = type.descriptor
        let parts = [
            ("verbs", type.verbs.map(\.declaration.name)), ("tables", descriptor.tables.map(\.name)),
        ].filter { !$0.1.isEmpty }.map { "its \($0.0) \($0.1.joined(separator: ", "))" }
        let what = (["what it does as orders are written"] + parts).joined(separator: "; ")
        self.init(
            "transaction-needed",
            "only the orders of \(descriptor.id) can be served outside the host's transactions, not \(what)")
    }
}
