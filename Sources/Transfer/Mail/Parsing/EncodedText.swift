/// Header text with encoded words, as it was meant. <https://www.rfc-editor.org/rfc/rfc2047>
enum EncodedText {
    /// Reads the encoded words of a text; what is none stays as it is.
    ///
    /// Words beside each other are one text: characters may be split between them, and spaces between them do not
    /// count.
    static func decoded(_ text: String) -> String {
        guard text.contains("=?") else { return text }
        let bytes = Array(text.utf8)
        var result = ""
        var plainStart = 0
        var pending: (charset: String, bytes: [UInt8])?
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "="), bytes[index + 1] == UInt8(ascii: "?"),
                let word = word(bytes, at: index)
            else {
                index += 1
                continue
            }
            let between = bytes[plainStart..<index]
            let isAdjacent = between.allSatisfy { Lines.isBlank($0) }
            if let open = pending, isAdjacent, open.charset == word.charset {
                pending = (open.charset, open.bytes + word.bytes)
            } else {
                if let open = pending { result += MailCharset.text(open.bytes, named: open.charset) }
                if pending == nil || !isAdjacent { result += String(decoding: between, as: UTF8.self) }
                pending = (word.charset, word.bytes)
            }
            index = word.end
            plainStart = index
        }
        if let open = pending { result += MailCharset.text(open.bytes, named: open.charset) }
        return result + String(decoding: bytes[plainStart...], as: UTF8.self)
    }

    /// The encoded word at an index; nil when there is none.
    private static func word(_ bytes: [UInt8], at start: Int) -> (charset: String, bytes: [UInt8], end: Int)? {
        let mark = UInt8(ascii: "?")
        // Longer words than the 75 characters allowed occur; a limit keeps a hostile header from being read again and again.
        let limit = min(bytes.count, start + 4096)
        guard let first = bytes[(start + 2)..<limit].firstIndex(of: mark), first > start + 2, first + 2 < limit,
            bytes[first + 2] == mark
        else { return nil }
        let charset = bytes[(start + 2)..<first].prefix { $0 != UInt8(ascii: "*") }
        guard charset.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        var end = first + 3
        while end + 1 < limit, !(bytes[end] == mark && bytes[end + 1] == UInt8(ascii: "=")) { end += 1 }
        guard end + 1 < limit else { return nil }
        let name = String(decoding: charset, as: UTF8.self).lowercased()
        let content = bytes[(first + 3)..<end]
        switch bytes[first + 1] {
        case UInt8(ascii: "B"), UInt8(ascii: "b"):
            return (name, Base64.decoded(content), end + 2)
        case UInt8(ascii: "Q"), UInt8(ascii: "q"):
            let spaced = content.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
            // A blank at the end is text here, unlike in a body.
            let trailing = spaced.reversed().prefix { Lines.isBlank($0) }
            return (name, QuotedPrintable.decoded(spaced[...]) + trailing, end + 2)
        default:
            return nil
        }
    }
}
