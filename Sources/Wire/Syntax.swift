/// The shapes of the words a line is made of.
enum Syntax {
    /// Whether the bytes are `[a-z0-9][a-z0-9-]{0,62}`.
    static func isTenant(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first, first != ASCII.minus, bytes.count <= 63 else { return false }
        return bytes.allSatisfy { isWordByte($0) }
    }

    /// Whether the text is `[a-z0-9][a-z0-9-]{0,62}`.
    static func isTenant(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isTenant($0[...]) }
    }

    /// The index of the first byte that does not fit `[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?`; nil when all is well.
    ///
    /// It is the end index when something is missing there.
    static func misfitInVerb(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var isStart = true
        var hasPoint = false
        for index in bytes.startIndex..<bytes.endIndex {
            let byte = bytes[index]
            if isStart {
                guard ASCII.isLowercase(byte) else { return index }
                isStart = false
            } else if byte == ASCII.point && !hasPoint {
                hasPoint = true
                isStart = true
            } else {
                guard isWordByte(byte) else { return index }
            }
        }
        return isStart ? bytes.endIndex : nil
    }

    /// Whether the text has a verb's syntax.
    static func isVerb(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { misfitInVerb($0[...]) == nil }
    }

    /// Whether the byte may stand in the middle of an argument's name, `[A-Za-z][A-Za-z0-9_.-]*`.
    static func isNameByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.underscore || byte == ASCII.point
            || byte == ASCII.minus
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        ASCII.isLowercase(byte) || ASCII.isDigit(byte) || byte == ASCII.minus
    }
}
