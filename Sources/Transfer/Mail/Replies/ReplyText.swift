/// What the writer of a reply wrote anew.
public enum ReplyText {
    /// Cuts the quoted history and the signature off a mail's text.
    ///
    /// When in doubt a line is kept: rather too much than a customer's word lost. A text that is all quotation has
    /// nothing visible; one that only passes on another mail is that mail.
    ///
    /// - Parameter text: A mail's plain text; lines end in LF.
    /// - Returns: The text without empty lines at its ends.
    public static func visible(of text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map {
            ReplyLine(String($0))
        }
        let kept = own(lines)
        if kept.contains(where: { !$0.isBlank }) { return joined(kept) }
        // Nothing stands before the history: it was passed on, or answered below without any marks.
        var rest = lines[...]
        while let head = QuoteHead.first(in: rest), rest[..<head.lines.lowerBound].allSatisfy(\.isBlank) {
            if head.isMarked { return "" }
            rest = rest[head.lines.upperBound...]
        }
        return rest.count == lines.count ? "" : joined(own(Array(rest)))
    }

    /// The lines that are neither history nor signature.
    private static func own(_ lines: [ReplyLine]) -> [ReplyLine] {
        var kept: [ReplyLine] = []
        var rest = lines[...]
        var wasCut = false
        while let head = QuoteHead.first(in: rest) {
            kept += withoutSignature(rest[..<head.lines.lowerBound])
            wasCut = true
            rest = head.isMarked ? rest[head.lines.upperBound...] : []
        }
        kept += withoutSignature(rest)
        // A lone line that begins with > may be the customer's own.
        if wasCut || kept.count(where: { $0.isQuoted }) > 1 {
            wasCut = wasCut || kept.contains { $0.isQuoted }
            kept.removeAll { $0.isQuoted }
        }
        return withoutTail(kept, wasCut: wasCut)
    }

    /// Cuts at the line that begins a signature. <https://www.rfc-editor.org/rfc/rfc3676#section-4.3>
    ///
    /// Many programs lose the space after the two hyphens, but people part paragraphs with them too: without the space
    /// a signature is at most ten lines long.
    private static func withoutSignature(_ lines: ArraySlice<ReplyLine>) -> ArraySlice<ReplyLine> {
        guard let mark = lines.lastIndex(where: { $0.text == "--" || $0.text == "-- " }) else { return lines }
        let after = lines[(mark + 1)...].count { !$0.isBlank && !$0.isQuoted }
        return lines[mark].text == "-- " || after <= 10 ? lines[..<mark] : lines
    }

    /// Drops what programs add at the end: `Sent from my phone`, and the line above the history.
    private static func withoutTail(_ lines: [ReplyLine], wasCut: Bool) -> [ReplyLine] {
        var rest = lines[...]
        while let last = rest.last, last.isBlank || last.isDeviceNote || wasCut && last.isRule {
            rest = rest.dropLast()
        }
        return Array(rest)
    }

    private static func joined(_ lines: [ReplyLine]) -> String {
        var rest = lines.drop { $0.isBlank }
        while let last = rest.last, last.isBlank { rest = rest.dropLast() }
        return rest.map(\.text).joined(separator: "\n")
    }
}
