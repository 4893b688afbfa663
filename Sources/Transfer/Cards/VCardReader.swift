/// Cuts a file of vCards into cards, piece by piece, in bounded memory.
///
/// Versions may change from card to card. <https://www.rfc-editor.org/rfc/rfc6350>, RFC 2426, and vCard 2.1 of 1996:
/// <https://web.archive.org/web/20120501162958/http://www.imc.org/pdi/vcard-21.doc>
struct VCardReader: CardCutting {
    private var lines = LineReader()
    private var pending: FoldedLine?
    private var card: Card?
    /// Whether the card is of version 2.1, which folds and escapes differently.
    private var isOld = false
    /// Cards open within the card: its agents.
    private var depth = 0
    /// Lines outside of any card.
    private var strays: [Int] = []

    mutating func read(_ bytes: [UInt8], _ body: (Card) throws -> Void) rethrows {
        for line in lines.read(bytes) { try take(line, body) }
    }

    mutating func finish(_ body: (Card) throws -> Void) rethrows {
        for line in lines.finish() { try take(line, body) }
        try endPending(body)
        try endCard(.unfinished, body)
    }

    private mutating func take(_ line: LineReader.Line, _ body: (Card) throws -> Void) rethrows {
        if var open = pending {
            pending = nil
            if VCardProperty.isSoftlyBroken(open), !VCardProperty.isEnd(line) {
                open.dropLast()
                open.append(line.bytes[...], of: line)
                pending = open
                return
            }
            if line.isFolded {
                // In 2.1 a line is broken before white space, which stays.
                open.append(isOld ? line.bytes[...] : line.bytes.dropFirst(), of: line)
                pending = open
                return
            }
            try end(open, body)
        }
        if !line.isBlank { pending = FoldedLine(line) }
    }

    private mutating func endPending(_ body: (Card) throws -> Void) rethrows {
        guard let open = pending else { return }
        pending = nil
        try end(open, body)
    }

    private mutating func end(_ line: FoldedLine, _ body: (Card) throws -> Void) rethrows {
        guard let property = VCardProperty.property(in: line, isOld: isOld) else {
            if depth > 0 { return }
            if card == nil { strays.append(line.number) } else { card?.stray(line.number) }
            return
        }
        switch property.name {
        case "BEGIN": try begin(body)
        case "END" where depth > 0: depth -= 1
        case "END": try endCard(nil, body)
        case _ where depth > 0 || card == nil: return
        case "VERSION": isOld = property.value.first == UInt8(ascii: "2")
        case "KIND", "X-ADDRESSBOOKSERVER-KIND":
            let kind = String(decoding: property.value, as: UTF8.self).trimmed.lowercased()
            if kind == "group" || kind == "location" { card?.problem = .noPerson }
        default: card?.append(property)
        }
    }

    private mutating func begin(_ body: (Card) throws -> Void) rethrows {
        let agent = card?.properties.last.map { $0.name == "AGENT" && $0.value.isEmpty } ?? false
        if depth > 0 || agent {
            depth += 1
            return
        }
        try endCard(.unfinished, body)
        var new = Card()
        for line in strays { new.stray(line) }
        strays = []
        card = new
    }

    private mutating func endCard(_ problem: CardProblem?, _ body: (Card) throws -> Void) rethrows {
        guard var ended = card else { return }
        card = nil
        isOld = false
        depth = 0
        ended.problem = ended.problem ?? problem
        try body(ended)
    }
}
