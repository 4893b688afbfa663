/// Reads JSON as RFC 8259 defines it, and nothing else.
///
/// https://www.rfc-editor.org/rfc/rfc8259
public struct JSONReader {
    /// How many arrays and objects may lie within each other.
    public static let depthLimit = 128

    let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte to read, counted from 0.
    var position: Int
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// Reads the one value that starts exactly at `offset`, whatever follows it.
    ///
    /// - Parameters:
    ///   - bytes: The text, valid during the call only.
    ///   - offset: Where the value starts, in bytes counted from 0.
    /// - Returns: The value and the offset of the first byte after it.
    /// - Throws: ``JSONError``, its offset counted from the beginning of `bytes`.
    public static func readValue(
        in bytes: UnsafeBufferPointer<UInt8>, from offset: Int
    ) throws(JSONError) -> (value: JSON, end: Int) {
        precondition(offset >= 0, "offsets are counted from 0")
        var reader = JSONReader(bytes, at: offset)
        let value = try reader.value()
        return (value, reader.position)
    }

    /// Reads a text that is one value and whitespace around it.
    static func readText(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSON {
        var reader = JSONReader(bytes, at: 0)
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw reader.error(.byteOrderMark)
        }
        reader.skipWhitespace()
        let value = try reader.value()
        reader.skipWhitespace()
        guard reader.position == bytes.count else { throw reader.error(.trailingBytes) }
        return value
    }

    func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: position)
    }

    /// The byte at the position, which stays.
    private func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: bytes.count) }
        return bytes[position]
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case ASCII.space, ASCII.tab, ASCII.lineFeed, ASCII.carriageReturn: position += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONError) -> JSON {
        switch try peek() {
        case ASCII.quote: return .string(try string())
        case ASCII.openBrace: return .object(try members())
        case ASCII.openBracket: return .array(try elements())
        case ASCII.minus, ASCII.zero...ASCII.nine: return .number(try number())
        case ASCII.t: return try literal("true", .bool(true))
        case ASCII.f: return try literal("false", .bool(false))
        case ASCII.n: return try literal("null", .null)
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            guard position + index < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: bytes.count) }
            guard bytes[position + index] == word.utf8Start[index] else { throw error(.badLiteral) }
        }
        position += word.utf8CodeUnitCount
        return value
    }

    /// Steps over an opening bracket and the whitespace behind it.
    private mutating func enter() throws(JSONError) {
        guard depth < Self.depthLimit else { throw error(.tooDeep) }
        depth += 1
        position += 1
        skipWhitespace()
    }

    /// Steps over a closing bracket.
    private mutating func leave() {
        depth -= 1
        position += 1
    }

    /// Steps over the comma after a value, or over the closing bracket.
    ///
    /// - Returns: Whether another value follows.
    private mutating func continues(until closing: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        let byte = try peek()
        if byte == closing {
            leave()
            return false
        }
        guard byte == ASCII.comma else { throw error(.expectedComma) }
        let comma = position
        position += 1
        skipWhitespace()
        guard try peek() != closing else { throw JSONError(reason: .trailingComma, offset: comma) }
        return true
    }

    private mutating func elements() throws(JSONError) -> [JSON] {
        try enter()
        guard try peek() != ASCII.closeBracket else {
            leave()
            return []
        }
        var elements: [JSON] = []
        repeat {
            elements.append(try value())
        } while try continues(until: ASCII.closeBracket)
        return elements
    }

    private mutating func members() throws(JSONError) -> [JSON.Member] {
        try enter()
        guard try peek() != ASCII.closeBrace else {
            leave()
            return []
        }
        var members: [JSON.Member] = []
        members.reserveCapacity(4)
        repeat {
            guard try peek() == ASCII.quote else { throw error(.expectedName) }
            let name = try string()
            skipWhitespace()
            guard try peek() == ASCII.colon else { throw error(.expectedColon) }
            position += 1
            skipWhitespace()
            members.append(JSON.Member(name: name, value: try value()))
        } while try continues(until: ASCII.closeBrace)
        return members
    }

    /// The bytes of a range, already known to be well-formed, as a string.
    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}
