import ControlClient

/// What became of the orders that one client sent to a daemon that was killed meanwhile.
struct OrderLoad: Sendable {
    /// Those that were answered, with their answers.
    private(set) var answered: [(order: SampleOrder, reply: ClientReply)] = []
    /// Those that were sent, or perhaps sent, without an answer.
    private(set) var unanswered: [SampleOrder] = []

    /// Sends orders, some of them ahead of the answers, until none is left or the daemon is gone.
    ///
    /// - Parameters:
    ///   - orders: What to send.
    ///   - socket: The daemon's.
    ///   - onSent: Called for each order that is on its way.
    ///   - onAnswered: Called for each answer.
    /// - Throws: `ClientError` that is not the daemon's death.
    init(
        _ orders: [SampleOrder], to socket: String, onSent: () -> Void, onAnswered: () -> Void
    ) throws(ClientError) {
        let connection: ControlConnection
        do {
            connection = try ControlConnection(path: socket)
            try connection.use("acme", staff: nil)
        } catch {
            // Another client's order has already brought the daemon down.
            return
        }
        do {
            for order in orders {
                unanswered.append(order)
                try connection.send(order.line)
                onSent()
                guard unanswered.count == 8 else { continue }
                take(try connection.reply())
                onAnswered()
            }
            while !unanswered.isEmpty {
                take(try connection.reply())
                onAnswered()
            }
        } catch .connectionLost {
            while !unanswered.isEmpty, let reply = try? connection.reply() {
                // What the daemon said before it died counts; the error is its death.
                take(reply)
            }
        }
    }

    private mutating func take(_ reply: ClientReply) {
        answered.append((unanswered.removeFirst(), reply))
    }
}
