import ControlClient
import TestSupport

/// A client whose requests can be told in a trace, and what it was promised.
final class LoadClient {
    private let number: Int
    private let connection: ControlConnection
    private(set) var claims: [Claim] = []
    /// How many requests it has sent.
    private var count = 0
    private var waiting: [[Fact]] = []

    init(_ number: Int, _ socket: String) throws {
        self.number = number
        connection = try ControlConnection(path: socket)
        // The refusal repeats the word, by which the answers to this client are known.
        _ = try connection.ask(Answers.greeting(of: number))
    }

    /// Sends a request that is to succeed; the facts hold from its answer on.
    @discardableResult
    func ok(_ line: String, _ facts: Fact...) throws -> ClientReply {
        try send(line, facts)
        let (reply, _) = try receive()
        guard reply.ok != nil else { throw UnexpectedAnswer(line: line, answer: reply.error?.text ?? "nothing") }
        return reply
    }

    func send(_ line: String, _ facts: [Fact]) throws {
        try connection.send(line)
        waiting.append(facts)
        count += 1
    }

    /// Takes the next answer; facts hold where it is not a refusal.
    func receive() throws -> (reply: ClientReply, request: Int) {
        let reply = try connection.reply()
        let request = count - waiting.count
        let facts = waiting.removeFirst()
        if reply.ok != nil { note(facts, at: request) }
        return (reply, request)
    }

    var waitingCount: Int { waiting.count }

    /// Facts that the answer to a request has told.
    func note(_ facts: [Fact], at request: Int) {
        claims += facts.map { Claim(client: number, request: request, fact: $0) }
    }

    /// Facts that the answer to the last request has told.
    func note(_ facts: Fact...) { note(facts, at: count - 1) }

    /// The next request may end these facts.
    func end(_ facts: Fact...) {
        for index in claims.indices where claims[index].end == nil && facts.contains(claims[index].fact) {
            claims[index].end = count
        }
    }
}
