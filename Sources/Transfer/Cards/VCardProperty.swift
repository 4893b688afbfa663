/// Reads the lines of a vCard.
enum VCardProperty {
    /// Properties that hold pictures, sounds and keys.
    private static let binary: Set<String> = ["PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"]

    /// Whether a line in quoted-printable goes on in the next one.
    static func isSoftlyBroken(_ line: FoldedLine) -> Bool {
        guard line.bytes.last == UInt8(ascii: "="), let (head, _) = line.cut(at: UInt8(ascii: ":")) else {
            return false
        }
        return String(decoding: head, as: UTF8.self).uppercased().contains("QUOTED-PRINTABLE")
    }

    /// Whether a line ends a card.
    static func isEnd(_ line: LineReader.Line) -> Bool {
        line.bytes.count < 20
            && String(decoding: line.bytes, as: UTF8.self).uppercased().filter { !$0.isWhitespace } == "END:VCARD"
    }

    /// The property in a line; nil when it is none.
    static func property(in line: FoldedLine, isOld: Bool) -> CardProperty? {
        guard let (head, tail) = line.cut(at: UInt8(ascii: ":")) else { return nil }
        let parts = split(head, at: ASCII.semicolon)
        // A point parts the name from that of a group of properties.
        guard let name = parts.first?.split(separator: ".").last.map(String.init), isName(name) else { return nil }
        var property = CardProperty(name.trimmed.uppercased())
        var encoding = ""
        for part in parts.dropFirst() { take(part, into: &property, &encoding) }
        property.escapes = isOld ? .separators : .all
        property.isBinary = binary.contains(property.name)
        property.isCut = line.isCut
        guard !property.isBinary, !property.isCut else { return property }
        switch encoding {
        case "quoted-printable": property.value = QuotedPrintable.decoded(tail)
        case "base64", "b": property.value = Base64.decoded(tail)
        default: property.value = Array(tail)
        }
        property.isEncoded = ["quoted-printable", "base64", "b"].contains(encoding)
        return property
    }

    /// Takes a parameter, be it written `TYPE=home,pref` or, as in 2.1, `HOME`.
    private static func take(_ text: String, into property: inout CardProperty, _ encoding: inout String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = parts.last else { return }
        let name = parts.count > 1 ? parts[0].uppercased().trimmed : "TYPE"
        let value = last.filter { $0 != "\"" }.lowercased().trimmed
        switch name {
        case "TYPE" where ["quoted-printable", "base64"].contains(value): encoding = value
        case "TYPE":
            for type in value.split(separator: ",").map({ String($0).trimmed }) {
                if type == "pref" { property.preference = 1 } else { property.types.insert(type) }
            }
        case "ENCODING": encoding = value
        case "CHARSET": property.charset = value
        case "PREF": property.preference = Int(value).map { min(max($0, 1), 100) } ?? property.preference
        case "X-APPLE-OMIT-YEAR": property.lacksYear = true
        default: return
        }
    }

    private static func split(_ head: ArraySlice<UInt8>, at separator: UInt8) -> [String] {
        var isQuoted = false
        return head.split(omittingEmptySubsequences: false) { byte in
            if byte == ASCII.quote { isQuoted.toggle() }
            return byte == separator && !isQuoted
        }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isName(_ name: String) -> Bool {
        let bare = name.trimmed
        return !bare.isEmpty && bare.utf8.count <= 100
            && bare.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
