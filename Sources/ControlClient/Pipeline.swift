import Glibc

/// Sends the lines of a descriptor without waiting for their answers.
///
/// Answers come in the order of the lines. Input is read only as fast as the daemon takes it.
public struct Pipeline {
    /// Lines sent and not yet answered, as many as the daemon reads ahead.
    static let limit = 64

    private let connection: ControlConnection
    private let input: Int32
    private var lines = LineBuffer()
    private var isInputEnded = false
    /// The verbs of the lines that wait for their answers.
    private var waiting: [String] = []
    private var isWatching = false

    /// Prepares to send.
    ///
    /// - Parameters:
    ///   - connection: All its earlier answers must have been read.
    ///   - input: What to read lines from; stays open.
    public init(connection: ControlConnection, input: Int32) {
        self.connection = connection
        self.input = input
    }

    /// What ``run(_:)`` tells.
    public enum Step: Sendable, Equatable {
        /// A line the daemon sent, with the verb of the request it answers; the verb is empty for a JSON line.
        case line(AnswerLine, verb: String)
        /// Everything that has arrived has been told; now it waits for more.
        case pause
    }

    /// Sends every line and returns when all are answered; after `event.watch`, when the daemon closes.
    ///
    /// - Throws: ``ClientError/connectionLost`` when lines are left without an answer,
    ///   ``ClientError/unknownAnswer(_:)``, ``ClientError/system(call:code:)``, and what `tell` throws.
    public mutating func run(_ tell: (Step) throws(ClientError) -> Void) throws(ClientError) {
        while true {
            enqueueLines()
            do {
                _ = try connection.flush()
            } catch .connectionLost {
                // What the daemon said before it closed is still to be read.
                isInputEnded = true
                lines = LineBuffer()
            }
            try tell(.pause)
            if isFinished { return }
            try waitAndRead()
            while let bytes = connection.bufferedLine() {
                let line = try AnswerLine(parsing: bytes)
                try tell(.line(line, verb: waiting.first ?? ""))
                if line.isTerminator { end(with: line) }
            }
            if connection.isEnded {
                try tell(.pause)
                if isFinished { return }
                throw .connectionLost
            }
        }
    }

    /// Whether nothing is left to send or to wait for.
    ///
    /// Lines of an ended input have all been enqueued when fewer than the limit wait for their answers.
    private var isFinished: Bool { isInputEnded && waiting.isEmpty && !isWatching && connection.unsentCount == 0 }

    private mutating func end(with line: AnswerLine) {
        guard let verb = waiting.first else { return }
        waiting.removeFirst()
        if verb == "event.watch", case .ok = line { isWatching = true }
        if verb == "event.unwatch", case .ok = line { isWatching = false }
    }

    /// Moves lines from the input to the connection, as many as may be on their way.
    private mutating func enqueueLines() {
        while waiting.count < Self.limit, connection.unsentCount < 1 << 20 {
            let line = lines.nextLine() ?? (isInputEnded ? lines.rest() : nil)
            guard let line else { return }
            guard !RequestLine.isBlank(line) else { continue }
            connection.enqueue(line)
            waiting.append(RequestLine.verb(of: line))
        }
    }

    private mutating func waitAndRead() throws(ClientError) {
        let answers = Int16(connection.unsentCount > 0 ? POLLIN | POLLOUT : POLLIN)
        let wantsInput = !isInputEnded && !lines.hasLine()
        var entries = [
            pollfd(fd: connection.descriptor, events: answers, revents: 0),
            pollfd(fd: wantsInput ? input : -1, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&entries, nfds_t(entries.count), -1) < 0 {
            guard errno == EINTR else { throw .system(call: "poll", code: errno) }
        }
        if entries[0].revents & ~Int16(POLLOUT) != 0 { try connection.receive() }
        if entries[1].revents != 0 { try readInput() }
    }

    private mutating func readInput() throws(ClientError) {
        let length = lines.read(from: input)
        if length == 0 { isInputEnded = true }
        guard length < 0, errno != EINTR, errno != EAGAIN else { return }
        throw .system(call: "read", code: errno)
    }
}
