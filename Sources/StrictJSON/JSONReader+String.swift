extension JSONReader {
    /// Reads the string whose opening quote is at the position.
    ///
    /// The first pass checks everything, so that the second, taken only for a string with escapes, cannot fail.
    mutating func string() throws(JSONError) -> String {
        let start = position + 1
        var index = start
        var isEscaped = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == ASCII.quote {
                position = index + 1
                return isEscaped ? unescaped(start..<index) : text(start..<index)
            } else if byte == ASCII.backslash {
                isEscaped = true
                index = try endOfEscape(at: index)
            } else if byte < 0x20 {
                throw JSONError(reason: .controlCharacter, offset: index)
            } else if byte < 0x80 {
                index += 1
            } else {
                let length = UTF8Check.length(in: bytes, at: index)
                guard length > 0 else { throw JSONError(reason: .badUTF8, offset: index) }
                index += length
            }
        }
        throw JSONError(reason: .unexpectedEnd, offset: bytes.count)
    }

    /// Checks the escape whose backslash is at `start`; a surrogate pair counts as one.
    private func endOfEscape(at start: Int) throws(JSONError) -> Int {
        guard start + 1 < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: bytes.count) }
        switch bytes[start + 1] {
        case ASCII.quote, ASCII.backslash, ASCII.slash, ASCII.b, ASCII.f, ASCII.n, ASCII.r, ASCII.t:
            return start + 2
        case ASCII.u:
            let unit = try codeUnit(at: start)
            guard 0xD800...0xDFFF ~= unit else { return start + 6 }
            guard unit < 0xDC00, start + 7 < bytes.count, bytes[start + 6] == ASCII.backslash,
                bytes[start + 7] == ASCII.u
            else { throw JSONError(reason: .loneSurrogate, offset: start) }
            guard 0xDC00...0xDFFF ~= (try codeUnit(at: start + 6)) else {
                throw JSONError(reason: .loneSurrogate, offset: start)
            }
            return start + 12
        default:
            throw JSONError(reason: .badEscape, offset: start)
        }
    }

    /// The UTF-16 code unit of the `\uXXXX` whose backslash is at `start`.
    private func codeUnit(at start: Int) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for index in start + 2..<start + 6 {
            guard index < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: bytes.count) }
            guard let digit = ASCII.hexadecimalValue(bytes[index]) else {
                throw JSONError(reason: .badUnicodeEscape, offset: start)
            }
            unit = unit << 4 | digit
        }
        return unit
    }

    /// Decodes checked bytes; no escape is shorter than what it stands for, so the result fits in their length.
    private func unescaped(_ range: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: range.count) { output in
            var index = range.lowerBound
            var count = 0
            while index < range.upperBound {
                guard bytes[index] == ASCII.backslash else {
                    output[count] = bytes[index]
                    count += 1
                    index += 1
                    continue
                }
                let escape = bytes[index + 1]
                guard escape == ASCII.u else {
                    output[count] = Self.byte(of: escape)
                    count += 1
                    index += 2
                    continue
                }
                var scalar = checkedCodeUnit(at: index)
                index += 6
                if 0xD800...0xDBFF ~= scalar {
                    scalar = 0x10000 + (scalar & 0x3FF) << 10 + checkedCodeUnit(at: index) & 0x3FF
                    index += 6
                }
                count = Self.encode(scalar, into: output, at: count)
            }
            return count
        }
    }

    private func checkedCodeUnit(at start: Int) -> UInt32 {
        bytes[start + 2..<start + 6].reduce(0) { $0 << 4 | (ASCII.hexadecimalValue($1) ?? 0) }
    }

    /// What a checked escape of one character stands for.
    private static func byte(of escape: UInt8) -> UInt8 {
        switch escape {
        case ASCII.b: ASCII.backspace
        case ASCII.f: ASCII.formFeed
        case ASCII.n: ASCII.lineFeed
        case ASCII.r: ASCII.carriageReturn
        case ASCII.t: ASCII.tab
        default: escape
        }
    }

    /// Writes a character as UTF-8 and tells where the next one goes.
    private static func encode(_ scalar: UInt32, into output: UnsafeMutableBufferPointer<UInt8>, at count: Int) -> Int {
        func continuation(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
        if scalar < 0x80 {
            output[count] = UInt8(scalar)
            return count + 1
        } else if scalar < 0x800 {
            output[count] = UInt8(0xC0 | scalar >> 6)
            output[count + 1] = continuation(0)
            return count + 2
        } else if scalar < 0x10000 {
            output[count] = UInt8(0xE0 | scalar >> 12)
            output[count + 1] = continuation(6)
            output[count + 2] = continuation(0)
            return count + 3
        } else {
            output[count] = UInt8(0xF0 | scalar >> 18)
            output[count + 1] = continuation(12)
            output[count + 2] = continuation(6)
            output[count + 3] = continuation(0)
            return count + 4
        }
    }
}
