/// A field such as `Content-Type`: a word, then named parameters.
struct MailParameters: Sendable, Equatable {
    /// The word before the first semicolon, in lower case, without comments.
    let word: String
    /// The parameters by their names in lower case; the first of equal names counts.
    let parameters: [String: String]

    /// Reads a field's value, however it is written.
    ///
    /// Parameters may be split and encoded as RFC 2231 says, or be encoded words.
    init(_ value: String) {
        var pieces = MailParameters.pieces(value)
        word = pieces.isEmpty ? "" : pieces.removeFirst().lowercased()
        var plain: [String: String] = [:]
        var parts: [String: [Int: (text: String, isEncoded: Bool)]] = [:]
        for piece in pieces {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = MailParameters.trimmed(piece[..<equals]).lowercased()
            let text = MailParameters.unquoted(MailParameters.trimmed(piece[piece.index(after: equals)...]))
            guard let star = name.firstIndex(of: "*") else {
                if plain[name] == nil { plain[name] = EncodedText.decoded(text) }
                continue
            }
            let base = String(name[..<star])
            var section = name[name.index(after: star)...]
            let isEncoded = section.isEmpty || section.hasSuffix("*")
            if section.hasSuffix("*") { section = section.dropLast() }
            guard let number = section.isEmpty ? 0 : Int(section), number >= 0, number < 1000 else { continue }
            if parts[base]?[number] == nil { parts[base, default: [:]][number] = (text, isEncoded) }
        }
        for (name, sections) in parts { plain[name] = MailParameters.joined(sections) }
        parameters = plain
    }

    /// The sections of one parameter as one text. <https://www.rfc-editor.org/rfc/rfc2231>
    private static func joined(_ sections: [Int: (text: String, isEncoded: Bool)]) -> String {
        var charset = "utf-8"
        var bytes: [UInt8] = []
        for (position, number) in sections.keys.sorted().enumerated() {
            guard let section = sections[number] else { continue }
            guard section.isEncoded else {
                bytes += section.text.utf8
                continue
            }
            var text = section.text[...]
            let marks = text.indices.filter { text[$0] == "'" }
            if position == 0, marks.count >= 2 {
                if marks[0] > text.startIndex { charset = String(text[..<marks[0]]) }
                text = text[text.index(after: marks[1])...]
            }
            bytes += percentDecoded(text)
        }
        return MailCharset.text(bytes, named: charset)
    }

    private static func percentDecoded(_ text: Substring) -> [UInt8] {
        let raw = Array(text.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < raw.count {
            if raw[index] == UInt8(ascii: "%"), index + 2 < raw.count,
                let high = HexadecimalDigit.value(raw[index + 1]), let low = HexadecimalDigit.value(raw[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(raw[index])
                index += 1
            }
        }
        return bytes
    }

    /// The text cut at semicolons outside quotes, without comments and surrounding spaces.
    private static func pieces(_ value: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        var isQuoted = false
        var isEscaped = false
        var comments = 0
        for character in value {
            if isEscaped {
                isEscaped = false
                if comments == 0 { piece.append(character) }
            } else if isQuoted {
                if character == "\"" { isQuoted = false }
                isEscaped = character == "\\"
                piece.append(character)
            } else if character == "(" {
                comments += 1
            } else if character == ")", comments > 0 {
                comments -= 1
            } else if comments > 0 {
                isEscaped = character == "\\"
            } else if character == ";" {
                pieces.append(trimmed(piece[...]))
                piece = ""
            } else {
                isQuoted = character == "\""
                piece.append(character)
            }
        }
        pieces.append(trimmed(piece[...]))
        return pieces
    }

    private static func unquoted(_ text: String) -> String {
        guard text.hasPrefix("\"") else { return text }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst() {
            if !isEscaped, character == "\"" { break }
            if !isEscaped, character == "\\" {
                isEscaped = true
                continue
            }
            // A Windows path in a file name was meant as it stands.
            if isEscaped, character != "\"", character != "\\" { result.append("\\") }
            result.append(character)
            isEscaped = false
        }
        return result
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
