/// Text of any script in a header that is ASCII. <https://www.rfc-editor.org/rfc/rfc2047>
enum EncodedWord {
    /// The bytes of text in one encoded word: 48 characters of base64, so that it fits beside the longest field's name
    /// into the 76 characters that are allowed.
    private static let bytesInAWord = 36

    /// The words of an unstructured field such as the subject.
    ///
    /// - Parameter text: One line.
    /// - Returns: The text's own words when all may stand as they are, else encoded words.
    static func words(_ text: String) -> [String] {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let isPlain =
            text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !text.contains("=?")
            && words.allSatisfy { $0.utf8.count <= 64 }
        return isPlain ? words : encoded(text)
    }

    /// The words of a name before an address.
    ///
    /// - Parameter text: One line, not empty.
    /// - Returns: Plain words, a quoted string, or encoded words.
    static func phrase(_ text: String) -> [String] {
        let isSafe = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "'"):
                true
            default:
                false
            }
        }
        if isSafe, text.utf8.count <= 60, !text.contains("  ") { return words(text) }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !text.contains("=?") else {
            return encoded(text)
        }
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted.utf8.count <= 60 ? [quoted + "\""] : encoded(text)
    }

    /// Encoded words that each hold whole characters.
    private static func encoded(_ text: String) -> [String] {
        var words: [String] = []
        var chunk: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if chunk.count + bytes.count > bytesInAWord {
                words.append("=?utf-8?B?\(Base64.text(chunk))?=")
                chunk = []
            }
            chunk += bytes
        }
        if !chunk.isEmpty { words.append("=?utf-8?B?\(Base64.text(chunk))?=") }
        return words
    }
}
