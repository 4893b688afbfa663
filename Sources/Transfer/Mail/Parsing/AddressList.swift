/// The addresses in a header field. <https://www.rfc-editor.org/rfc/rfc5322#section-3.4>
enum AddressList {
    /// The most addresses that are read of one field.
    private static let limit = 200

    /// Reads the addresses of a field, however it is written; groups are their members.
    static func read(_ value: String) -> [MailAddress] {
        var found: [MailAddress] = []
        var item = Item()
        var state = State.plain
        var comments = 0
        var isEscaped = false
        for character in value {
            if isEscaped {
                isEscaped = false
                item.append(character, state)
                continue
            }
            switch state {
            case .quoted:
                if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    state = .plain
                } else {
                    item.append(character, state)
                }
            case .comment:
                if character == "\\" { isEscaped = true }
                if character == "(" { comments += 1 }
                if character == ")" { comments -= 1 }
                if comments == 0 { state = .plain } else if !isEscaped { item.append(character, state) }
            case .angle:
                if character == ">" { state = .plain } else { item.append(character, state) }
            case .plain:
                switch character {
                case "\"":
                    state = .quoted
                    item.wasQuoted = true
                case "(":
                    state = .comment
                    comments = 1
                case "<":
                    // Two addresses without a comma between them.
                    if !item.angle.isEmpty { item.end(into: &found, limit) }
                    state = .angle
                    item.hasAngle = true
                case ",", ";":
                    item.end(into: &found, limit)
                case ":" where !item.hasAngle && !item.plain.contains("@"):
                    item = Item()
                default:
                    item.append(character, state)
                }
            }
        }
        item.end(into: &found, limit)
        return found
    }

    private enum State { case plain, quoted, comment, angle }

    /// What was read of one address.
    private struct Item {
        var plain = ""
        var angle = ""
        var comment = ""
        var hasAngle = false
        var wasQuoted = false

        mutating func append(_ character: Character, _ state: State) {
            switch state {
            case .plain, .quoted: plain.append(character)
            case .comment: comment.append(character)
            case .angle: angle.append(character)
            }
        }

        mutating func end(into found: inout [MailAddress], _ limit: Int) {
            defer { self = Item() }
            let text = Item.trimmed(EncodedText.decoded(plain))
            let note = Item.trimmed(EncodedText.decoded(comment))
            guard found.count < limit else { return }
            if hasAngle {
                let address = Item.trimmed(angle)
                if !address.isEmpty || !text.isEmpty {
                    found.append(MailAddress(name: text.isEmpty ? note : text, address: address))
                }
            } else if !text.isEmpty {
                let isAddress = text.contains("@") && !text.contains(" ")
                found.append(isAddress ? MailAddress(name: note, address: text) : MailAddress(name: text, address: ""))
            }
        }

        private static func trimmed(_ text: String) -> String {
            var rest = text[...]
            while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
            while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
            return String(rest)
        }
    }
}
