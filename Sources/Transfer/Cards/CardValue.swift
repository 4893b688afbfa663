/// Takes the values of cards apart.
enum CardValue {
    /// The parts of a value, which semicolons part, without their backslashes.
    static func parts(_ value: String, _ escapes: CardEscapes, at separator: Character = ";") -> [String] {
        guard escapes != .none else { return value.split(separator: separator).map(String.init) }
        var parts = [""]
        var isEscaped = false
        for character in value {
            if isEscaped {
                parts[parts.count - 1] += plain(character, escapes)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == separator {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        if isEscaped { parts[parts.count - 1].append("\\") }
        return parts
    }

    /// A value of one part, without its backslashes.
    static func text(_ value: String, _ escapes: CardEscapes) -> String {
        guard escapes != .none, value.utf8.contains(UInt8(ascii: "\\")) else { return value }
        // Nothing parts it: no text holds a NUL that matters.
        return parts(value, escapes, at: "\0").joined()
    }

    /// What a character behind a backslash stands for.
    private static func plain(_ character: Character, _ escapes: CardEscapes) -> String {
        switch (character, escapes) {
        case ("n", .all), ("N", .all): "\n"
        case ("\\", _), (";", _), (",", _), (":", _): String(character)
        case (_, .all): String(character)
        case (_, .separators), (_, .none): "\\" + String(character)
        }
    }
}
