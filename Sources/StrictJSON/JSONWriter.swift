/// Writes compact JSON; commas are put automatically.
///
/// Strings carry only the escapes RFC 8259 section 7 requires, everything else is raw UTF-8; so the output never holds
/// an LF. Opening and closing in pairs, and a name before each value in an object, are the caller's duty.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8]
    /// How many arrays and objects are open.
    private var depth = 0

    /// Starts with nothing written.
    ///
    /// - Parameter capacity: How many bytes to make room for.
    public init(reserving capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Starts with an object's text without its closing brace.
    init(reopening object: JSONFragment) {
        bytes = []
        bytes.reserveCapacity(object.bytes.count + 64)
        bytes.append(contentsOf: object.bytes.dropLast())
        depth = 1
    }

    /// An object with the members that `body` writes.
    public static func object(_ body: (inout JSONWriter) throws -> Void) rethrows -> JSONFragment {
        var writer = JSONWriter()
        writer.beginObject()
        try body(&writer)
        writer.endObject()
        return writer.finish()
    }

    /// Ends the writing of one complete value.
    public consuming func finish() -> JSONFragment {
        assert(depth == 0 && !bytes.isEmpty, "a fragment is one complete value")
        return JSONFragment(bytes: bytes)
    }

    /// Opens an object as the next value.
    public mutating func beginObject() {
        separate()
        bytes.append(ASCII.openBrace)
        depth += 1
    }

    /// Closes the innermost object.
    public mutating func endObject() {
        assert(depth > 0, "no object is open")
        bytes.append(ASCII.closeBrace)
        depth -= 1
    }

    /// Opens an array as the next value.
    public mutating func beginArray() {
        separate()
        bytes.append(ASCII.openBracket)
        depth += 1
    }

    /// Closes the innermost array.
    public mutating func endArray() {
        assert(depth > 0, "no array is open")
        bytes.append(ASCII.closeBracket)
        depth -= 1
    }

    /// Begins a member of the open object; its value comes next.
    public mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(ASCII.colon)
    }

    /// Writes a string as the next value.
    public mutating func string(_ value: String) {
        separate()
        quote(value)
    }

    /// Writes a whole number as the next value.
    public mutating func integer(_ value: Int64) {
        separate()
        if value < 0 { bytes.append(ASCII.minus) }
        var rest = value.magnitude
        var low = bytes.count
        repeat {
            bytes.append(ASCII.zero &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        var high = bytes.count - 1
        while low < high {
            bytes.swapAt(low, high)
            low += 1
            high -= 1
        }
    }

    /// Writes a whole number as the next value.
    public mutating func integer(_ value: Int) {
        integer(Int64(value))
    }

    /// Writes `true` or `false` as the next value.
    public mutating func bool(_ value: Bool) {
        raw(value ? "true" : "false")
    }

    /// Writes `null` as the next value.
    public mutating func null() {
        raw("null")
    }

    /// Writes a number by its text as the next value.
    ///
    /// A text that is no JSON number is written as a string, so that the output stays JSON.
    public mutating func number(text: String) {
        guard JSONReader.isNumber(text) else { return string(text) }
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes a value as the next one.
    public mutating func json(_ value: JSON) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .number(let text): number(text: text)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { json(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members { self.member(member.name, member.value) }
            endObject()
        }
    }

    /// Writes a finished piece as the next value.
    public mutating func fragment(_ value: JSONFragment) {
        separate()
        bytes.append(contentsOf: value.bytes)
    }

    private mutating func raw(_ word: StaticString) {
        separate()
        bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// Puts a comma unless something has just been opened.
    private mutating func separate() {
        // The last byte tells: a value ends in none of these three, not even a string, which ends in its quote.
        switch bytes.last {
        case nil, ASCII.openBrace, ASCII.openBracket, ASCII.colon: break
        case .some: bytes.append(ASCII.comma)
        }
    }

    private mutating func quote(_ text: String) {
        var text = text
        bytes.append(ASCII.quote)
        text.withUTF8 { source in
            var start = 0
            for index in 0..<source.count {
                let byte = source[index]
                guard byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
                start = index + 1
                escape(byte)
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start...]))
        }
        bytes.append(ASCII.quote)
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(ASCII.backslash)
        switch byte {
        case ASCII.backspace: bytes.append(ASCII.b)
        case ASCII.tab: bytes.append(ASCII.t)
        case ASCII.lineFeed: bytes.append(ASCII.n)
        case ASCII.formFeed: bytes.append(ASCII.f)
        case ASCII.carriageReturn: bytes.append(ASCII.r)
        case ASCII.quote, ASCII.backslash: bytes.append(byte)
        default:
            let low = byte & 0xF
            bytes.append(contentsOf: [ASCII.u, ASCII.zero, ASCII.zero, ASCII.zero + byte >> 4])
            bytes.append(low < 10 ? ASCII.zero + low : 0x57 + low)
        }
    }
}
