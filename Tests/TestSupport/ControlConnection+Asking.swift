public import ControlClient
public import StrictJSON

/// An answer that a test did not count on.
public struct UnexpectedAnswer: Error, CustomStringConvertible {
    /// The line that was sent.
    public let line: String
    /// What came back.
    public let answer: String

    /// What a line was answered against expectation.
    public init(line: String, answer: String) {
        self.line = line
        self.answer = answer
    }

    public var description: String { "\(line) was answered \(answer)" }
}

extension ControlConnection {
    /// Sends a line and returns what it was answered.
    ///
    /// - Throws: ``UnexpectedAnswer`` when it is refused, `ClientError` when there is no answer.
    @discardableResult
    public func ok(_ line: String) throws -> JSON {
        let reply = try ask(line)
        guard let answer = reply.ok else { throw UnexpectedAnswer(line: line, answer: reply.error?.text ?? "nothing") }
        return answer
    }

    /// Sends a line and returns the rows of its answer.
    ///
    /// - Throws: As ``ok(_:)``.
    public func rows(_ line: String) throws -> [JSON] {
        let reply = try ask(line)
        guard reply.ok != nil else { throw UnexpectedAnswer(line: line, answer: reply.error?.text ?? "nothing") }
        return reply.rows
    }

    /// Sends a list's line again and again, each time after the page before, and returns the rows of all pages.
    ///
    /// - Throws: As ``ok(_:)``.
    public func allRows(_ line: String) throws -> [JSON] {
        var rows: [JSON] = []
        var next: String?
        repeat {
            let reply = try ask(line + (next.map { " after=\($0)" } ?? ""))
            guard let end = reply.ok else {
                throw UnexpectedAnswer(line: line, answer: reply.error?.text ?? "nothing")
            }
            rows += reply.rows
            next = end["next"]?.stringValue
        } while next != nil
        return rows
    }

    /// Sends a line that is to be refused and returns the code and the slug, such as `404 no-tenant`.
    ///
    /// - Throws: ``UnexpectedAnswer`` when it is not refused, `ClientError` when there is no answer.
    public func refusal(_ line: String) throws -> String {
        let reply = try ask(line)
        guard let error = reply.error else { throw UnexpectedAnswer(line: line, answer: reply.ok?.text ?? "nothing") }
        return error.text
    }

    /// Sends lines without waiting in between and returns their answers.
    ///
    /// - Throws: `ClientError` when one has no answer.
    public func replies(to lines: [String]) throws(ClientError) -> [ClientReply] {
        var replies: [ClientReply] = []
        for line in lines { try send(line) }
        for _ in lines { replies.append(try reply()) }
        return replies
    }
}

extension ClientFailure {
    /// Its code and its slug, such as `404 no-tenant`.
    public var text: String { "\(code) \(slug)" }
}

extension JSON {
    /// A member's text; nil without such a member.
    public func text(_ name: String) -> String? { self[name]?.stringValue }

    /// A member's whole number; nil without such a member.
    public func number(_ name: String) -> Int64? { self[name]?.integerValue }
}
