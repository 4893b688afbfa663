/// Cuts a file of directory entries into cards, piece by piece, in bounded memory.
///
/// <https://www.rfc-editor.org/rfc/rfc2849>
struct LDIFReader: CardCutting {
    private var lines = LineReader()
    private var pending: FoldedLine?
    private var card: Card?

    /// Classes of entries that are no persons. <https://www.rfc-editor.org/rfc/rfc4519#section-3>
    private static let others: Set<String> = [
        "groupofnames", "groupofuniquenames", "posixgroup", "group", "organizationalunit", "organization", "domain",
        "dcobject", "container", "locality", "country", "alias",
    ]
    private static let binary: Set<String> = [
        "JPEGPHOTO", "PHOTO", "THUMBNAILPHOTO", "AUDIO", "USERCERTIFICATE", "USERSMIMECERTIFICATE", "USERPKCS12",
    ]

    mutating func read(_ bytes: [UInt8], _ body: (Card) throws -> Void) rethrows {
        for line in lines.read(bytes) { try take(line, body) }
    }

    mutating func finish(_ body: (Card) throws -> Void) rethrows {
        for line in lines.finish() { try take(line, body) }
        try endPending(body)
        try endCard(body)
    }

    private mutating func take(_ line: LineReader.Line, _ body: (Card) throws -> Void) rethrows {
        if line.isFolded, !line.isBlank, var open = pending {
            pending = nil
            open.append(line.bytes.dropFirst(), of: line)
            pending = open
            return
        }
        try endPending(body)
        if line.isBlank { try endCard(body) } else { pending = FoldedLine(line) }
    }

    private mutating func endPending(_ body: (Card) throws -> Void) rethrows {
        guard let open = pending else { return }
        pending = nil
        try end(open, body)
    }

    private mutating func end(_ line: FoldedLine, _ body: (Card) throws -> Void) rethrows {
        guard line.bytes.first != UInt8(ascii: "#") else { return }
        guard let property = Self.property(in: line) else {
            if card == nil { card = Card() }
            card?.stray(line.number)
            return
        }
        let word = String(decoding: property.value, as: UTF8.self).lowercased()
        switch property.name {
        case "VERSION" where card == nil: return
        case "DN":
            try endCard(body)
            card = Card()
        case "CHANGETYPE" where word != "add": card?.problem = .change
        case "CHANGETYPE", "CONTROL": return
        case "OBJECTCLASS":
            if Self.others.contains(word), card?.problem == nil { card?.problem = .noPerson }
        default:
            if card == nil { card = Card() }
            card?.append(property)
        }
    }

    private mutating func endCard(_ body: (Card) throws -> Void) rethrows {
        guard let ended = card else { return }
        card = nil
        try body(ended)
    }

    private static func property(in line: FoldedLine) -> CardProperty? {
        guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
        let head = line.bytes[..<colon].split(separator: ASCII.semicolon).map { String(decoding: $0, as: UTF8.self) }
        let isName = head.allSatisfy { part in
            part.utf8.allSatisfy { $0 < 0x80 && $0 > 0x20 && $0 != ASCII.quote && $0 != ASCII.comma }
        }
        guard let name = head.first, isName, name.utf8.count <= 100 else { return nil }
        var property = CardProperty(name.uppercased())
        property.types = Set(head.dropFirst().map { $0.lowercased() })
        property.escapes = .none
        property.isCut = line.isCut
        let tail = line.bytes[(colon + 1)...]
        // What lies behind an address on the net is not fetched.
        property.isBinary =
            binary.contains(property.name) || property.types.contains("binary") || tail.first == UInt8(ascii: "<")
        guard !property.isBinary, !property.isCut else { return property }
        if tail.first == UInt8(ascii: ":") {
            property.value = Base64.decoded(tail.dropFirst())
            property.isEncoded = true
        } else {
            property.value = Array(tail.drop { $0 == ASCII.space })
        }
        return property
    }
}
