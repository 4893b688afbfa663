extension JSONReader {
    /// Whether the text is a number as JSON writes it.
    static func isNumber(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first, first == ASCII.minus || ASCII.isDigit(first) else { return false }
            var reader = JSONReader(bytes, at: 0)
            do {
                try reader.skipNumber()
                return reader.position == bytes.count
            } catch {
                return false
            }
        }
    }

    /// Reads the number at the position and keeps its text, so that no digit is ever lost.
    mutating func number() throws(JSONError) -> String {
        let start = position
        try skipNumber()
        return text(start..<position)
    }

    private mutating func skipNumber() throws(JSONError) {
        if bytes[position] == ASCII.minus { position += 1 }
        if position < bytes.count, bytes[position] == ASCII.zero {
            position += 1
            if position < bytes.count, ASCII.isDigit(bytes[position]) {
                throw JSONError(reason: .leadingZero, offset: position - 1)
            }
        } else {
            try skipDigits()
        }
        if position < bytes.count, bytes[position] == ASCII.point {
            position += 1
            try skipDigits()
        }
        // 0x20 apart: e and E.
        if position < bytes.count, bytes[position] | 0x20 == 0x65 {
            position += 1
            if position < bytes.count, bytes[position] == ASCII.plus || bytes[position] == ASCII.minus {
                position += 1
            }
            try skipDigits()
        }
    }

    /// Steps over one digit or more.
    private mutating func skipDigits() throws(JSONError) {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        guard ASCII.isDigit(bytes[position]) else { throw error(.badNumber) }
        repeat {
            position += 1
        } while position < bytes.count && ASCII.isDigit(bytes[position])
    }
}
