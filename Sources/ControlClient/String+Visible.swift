extension String {
    /// The text with control characters as escapes (`\n`, `\t`, `\r`, `\u001b`), so that it stays on its line and tells
    /// a terminal nothing.
    ///
    /// Those of U+0080 to U+009F count too, https://www.ecma-international.org/publications-and-standards/standards/ecma-48/.
    public var visible: String {
        // Two bytes that begin with 0xC2 may be a control character.
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.properties.generalCategory == .control:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
