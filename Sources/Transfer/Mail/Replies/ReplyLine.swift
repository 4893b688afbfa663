/// A line of a reply, and what can be told of it alone.
struct ReplyLine {
    /// As it came, without a CR at its end.
    let text: String
    /// Without marks of direction, and without the signs of rules and emphasis at its ends.
    let bare: String
    /// Whether nothing is in it.
    let isBlank: Bool

    /// Marks for right-to-left text that programs put around names.
    private static let invisible: Set<Unicode.Scalar> = [
        "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}",
        "\u{2068}", "\u{2069}", "\u{FEFF}",
    ]

    /// - Parameter line: The line without its LF.
    init(_ line: String) {
        let shown = line.hasSuffix("\r") ? String(line.dropLast()) : line
        text = shown
        let scalars = shown.unicodeScalars.filter { !ReplyLine.invisible.contains($0) }
        var inner = String(String.UnicodeScalarView(scalars))[...]
        while let first = inner.first, ReplyLine.isFrame(first) { inner = inner.dropFirst() }
        while let last = inner.last, ReplyLine.isFrame(last) { inner = inner.dropLast() }
        bare = String(inner)
        isBlank = shown.allSatisfy(\.isWhitespace)
    }

    /// Whether a `>` begins it.
    var isQuoted: Bool {
        let start = text.drop { $0 == " " || $0 == "\t" }
        return start.hasPrefix(">") && !start.hasPrefix(">.<") && !start.hasPrefix(">_<")
    }

    /// Whether it is a row of hyphens, underscores or the like.
    var isRule: Bool { bare.isEmpty && text.count { !$0.isWhitespace } >= 2 }

    /// Whether its words stand between two rows of hyphens or underscores.
    var isFramed: Bool {
        let signs = text.filter { $0 != " " && $0 != "*" }
        return !bare.isEmpty
            && (signs.hasPrefix("--") && signs.hasSuffix("--") || signs.hasPrefix("__") && signs.hasSuffix("__"))
    }

    /// Whether a program noted on what device the mail was written.
    var isDeviceNote: Bool {
        guard text.count <= 120 else { return false }
        let line = text.lowercased().drop { !$0.isLetter && !$0.isNumber }
        if DeviceNote.wholeBeginnings.contains(where: { line.hasPrefix($0) }) { return true }
        guard DeviceNote.devices.contains(where: { line.contains($0) }) else { return false }
        return DeviceNote.beginnings.contains { line.hasPrefix($0) }
            || DeviceNote.endings.contains { line.contains($0) }
    }

    private static func isFrame(_ character: Character) -> Bool {
        character.isWhitespace || character == "*" || character == "-" || character == "_" || character == "="
    }
}
