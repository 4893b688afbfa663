/// Plain text as it grows out of a page's pieces.
struct HTMLTextWriter {
    private var bytes: [UInt8] = []
    /// Line breaks before the next text.
    private var breaks = 0
    private var hasSpace = false
    private var isAtLineStart = true
    private var quoteDepth = 0
    private var preformatted = 0
    private var hiddenName: String?
    /// The open elements that may quote, innermost last.
    private var open: [(name: String, quotes: Bool)] = []
    /// Whether paragraphs stand line on line, as Outlook's do, which parts them by empty ones.
    private var isTight = false
    private var paragraphStart = 0
    private var link: (address: String, start: Int)?

    /// Lines that end a paragraph have one empty line after them; more are not kept.
    private static let breakLimit = 3
    private static let nestingLimit = 500

    /// Takes text between tags.
    mutating func text(_ raw: ArraySlice<UInt8>) {
        if hiddenName != nil { return }
        for byte in HTMLEntity.decoded(raw) {
            switch byte {
            case 0x0A where preformatted > 0:
                breakLine()
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
                if preformatted > 0, byte == 0x20 || byte == 0x09 { put(byte) } else { hasSpace = true }
            default:
                put(byte)
            }
        }
    }

    /// Takes the beginning of an element.
    mutating func open(_ tag: HTMLTag) {
        if hiddenName != nil { return }
        switch tag.name {
        case "style", "script", "title":
            hiddenName = tag.name
        case "br":
            breakLine()
        case "hr":
            rule()
        case "p":
            isTight = tag.attributes["class"]?.contains("Mso") == true
            paragraphStart = bytes.count
            separate(isTight ? 1 : 2)
        case "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table":
            separate(2)
        case "li":
            separate(1)
            for byte in "- ".utf8 { put(byte) }
        case "tr", "dt", "dd", "section", "article", "header", "footer":
            separate(1)
        case "td", "th":
            hasSpace = true
        case "pre":
            separate(1)
            preformatted += 1
        case "div", "blockquote", "span":
            openBlock(tag)
        case "a":
            link = tag.attributes["href"].map { ($0, bytes.count) }
        case "img":
            if let note = tag.attributes["alt"], !note.isEmpty { text(Array("[\(note)]".utf8)[...]) }
        default:
            break
        }
    }

    /// Takes the end of an element.
    mutating func close(_ name: String) {
        if let hidden = hiddenName {
            if hidden == name { hiddenName = nil }
            return
        }
        switch name {
        case "p":
            if isTight, bytes.count == paragraphStart { breakLine() }
            separate(isTight ? 1 : 2)
        case "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table":
            separate(2)
        case "li", "tr", "dt", "dd", "section", "article", "header", "footer":
            separate(1)
        case "pre":
            preformatted = max(0, preformatted - 1)
            separate(1)
        case "div", "blockquote", "span":
            closeBlock(name)
        case "a":
            endLink()
        default:
            break
        }
    }

    /// The text, without empty lines at its end.
    consuming func finished() -> String {
        while let last = bytes.last, last == 0x0A || last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func openBlock(_ tag: HTMLTag) {
        let marks = (tag.attributes["class"] ?? "") + " " + (tag.attributes["id"] ?? "")
        if tag.name != "span" { separate(1) }
        // Outlook parts the history from the answer by an element that shows nothing, or a line above it.
        let parts = ["divRplyFwdMsg", "appendonsend", "OutlookMessageHeader"].contains { marks.contains($0) }
        let style = tag.attributes["style"] ?? ""
        if parts || tag.name == "div" && style.contains("border-top") && style.contains("solid") { rule() }
        // The line "On … wrote:" of any language is marked by some programs.
        let isAttribution = ["gmail_attr", "moz-cite-prefix", "protonmail_quote_header"].contains { marks.contains($0) }
        let quotes = tag.name == "blockquote" || isAttribution
        guard open.count < HTMLTextWriter.nestingLimit else { return }
        open.append((tag.name, quotes))
        if quotes { quoteDepth += 1 }
    }

    private mutating func closeBlock(_ name: String) {
        if name != "span" { separate(1) }
        guard let found = open.lastIndex(where: { $0.name == name }) else { return }
        for element in open[found...] where element.quotes { quoteDepth -= 1 }
        open.removeSubrange(found...)
    }

    /// A link whose address the text does not show gets it in angle brackets.
    private mutating func endLink() {
        guard let (address, start) = link else { return }
        link = nil
        let isWeb = address.hasPrefix("http://") || address.hasPrefix("https://")
        guard isWeb, start <= bytes.count else { return }
        let shown = String(decoding: bytes[start...], as: UTF8.self)
        if shown.contains(where: { !$0.isWhitespace && $0 != ">" }), !shown.contains("://"), !shown.contains("www.") {
            hasSpace = true
            for byte in "<\(address)>".utf8 where byte > 0x20 { put(byte) }
        }
    }

    private mutating func rule() {
        separate(1)
        for _ in 0..<32 { put(UInt8(ascii: "_")) }
        separate(1)
    }

    /// Sees to it that so many lines end before the next text.
    private mutating func separate(_ lines: Int) {
        hasSpace = false
        if isAtLineStart, breaks == 0, bytes.isEmpty { return }
        breaks = max(breaks, lines)
    }

    private mutating func breakLine() {
        hasSpace = false
        breaks = min(breaks + 1, HTMLTextWriter.breakLimit)
    }

    private mutating func put(_ byte: UInt8) {
        if breaks > 0 {
            while bytes.last == 0x20 { bytes.removeLast() }
            if !bytes.isEmpty { bytes += Array(repeating: 0x0A, count: breaks) }
            breaks = 0
            hasSpace = false
            isAtLineStart = true
        }
        if isAtLineStart {
            hasSpace = false
            if quoteDepth > 0 { bytes += Array(repeating: UInt8(ascii: ">"), count: min(quoteDepth, 20)) + [0x20] }
            isAtLineStart = false
        }
        if hasSpace {
            bytes.append(0x20)
            hasSpace = false
        }
        bytes.append(byte)
    }
}
