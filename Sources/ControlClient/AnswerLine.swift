public import StrictJSON

/// One line that the daemon sends.
public enum AnswerLine: Sendable, Equatable {
    case row(JSON)
    /// How far a long request is, such as `{"done":500,"total":9000}`.
    case progress(JSON)
    case event(ClientEvent)
    /// Done; the last line of an answer to a word line.
    case ok(JSON)
    /// Not done; the last line of an answer to a word line.
    case failed(ClientFailure)
    /// The last line of an answer to a JSON line: a JSON-RPC response.
    case response(JSON)
    /// A JSON-RPC notification: a row, progress or an event for a JSON line.
    case notification(JSON)

    /// Whether the answer ends here.
    public var isTerminator: Bool {
        switch self {
        case .row, .progress, .event, .notification: false
        case .ok, .failed, .response: true
        }
    }

    /// Reads a line.
    ///
    /// - Parameter bytes: The line without its LF.
    /// - Throws: ``ClientError/unknownAnswer(_:)``.
    public init(parsing bytes: [UInt8]) throws(ClientError) {
        guard let line = Self.read(bytes) else { throw .unknownAnswer(String(decoding: bytes, as: UTF8.self)) }
        self = line
    }

    private static func read(_ bytes: [UInt8]) -> AnswerLine? {
        if bytes.first == ASCII.openBrace {
            guard let object = value(in: bytes, from: 0) else { return nil }
            return object["method"] == nil ? .response(object) : .notification(object)
        }
        var position = 0
        switch word(in: bytes, &position) {
        case "*": return value(in: bytes, from: position).map { .row($0) }
        case "%": return value(in: bytes, from: position).map { .progress($0) }
        case "OK": return value(in: bytes, from: position).map { .ok($0) }
        case "ERR":
            guard let code = Int(word(in: bytes, &position)) else { return nil }
            let slug = word(in: bytes, &position)
            return value(in: bytes, from: position).map { .failed(ClientFailure(code: code, slug: slug, body: $0)) }
        case "!":
            guard let seq = Int64(word(in: bytes, &position)) else { return nil }
            let topic = word(in: bytes, &position)
            return value(in: bytes, from: position).map { .event(ClientEvent(seq: seq, topic: topic, body: $0)) }
        default: return nil
        }
    }

    /// The bytes up to the next space, which is stepped over.
    private static func word(in bytes: [UInt8], _ position: inout Int) -> String {
        let end = bytes[position...].firstIndex(of: ASCII.space) ?? bytes.count
        defer { position = min(end + 1, bytes.count) }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    /// The JSON from `start` to the end of the line; nil when there is none, or something behind it.
    private static func value(in bytes: [UInt8], from start: Int) -> JSON? {
        bytes.withUnsafeBufferPointer { buffer in
            // Where the mistake is does not matter: the whole line is shown.
            guard let (value, end) = try? JSONReader.readValue(in: buffer, from: start) else { return nil }
            return end == buffer.count ? value : nil
        }
    }
}
