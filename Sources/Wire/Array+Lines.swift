import StrictJSON

extension [UInt8] {
    /// Appends finished JSON and ends the line.
    mutating func append(line fragment: JSONFragment) {
        append(contentsOf: fragment.bytes)
        append(ASCII.lineFeed)
    }

    mutating func append(text: StaticString) {
        append(contentsOf: text.bytes)
    }

    /// Appends a text that must be one word of a line.
    ///
    /// A slug or topic comes from a channel now and then; a space or LF in it would forge the rest of the line, so
    /// each of them becomes a hyphen.
    mutating func append(word: String) {
        for byte in word.utf8 {
            append(byte == ASCII.space || ASCII.isControl(byte) ? ASCII.minus : byte)
        }
    }
}
