/// Where the history begins in a reply.
struct QuoteHead {
    /// The lines that say so and belong to neither side.
    let lines: Range<Int>
    /// Whether the lines of the history are marked with `>`, so that more of the reply may follow.
    let isMarked: Bool

    /// The first beginning of a history in some lines; nil when there is none.
    static func first(in lines: ArraySlice<ReplyLine>) -> QuoteHead? {
        for index in lines.indices where !lines[index].isBlank {
            if lines[index].isQuoted, !AttributionSigns.isVerb(lines[index].bare.drop { $0 == ">" || $0 == " " }) {
                continue
            }
            let found = title(lines, at: index) ?? header(lines, at: index) ?? attribution(lines, endingAt: index)
            if let found { return found }
        }
        return nil
    }

    /// `-----Original Message-----` in many languages.
    private static func title(_ lines: ArraySlice<ReplyLine>, at index: Int) -> QuoteHead? {
        let bare = lines[index].bare.lowercased()
        let isTitle = lines[index].isFramed && HistoryTitle.framed.contains(bare)
        let isForward = bare.hasSuffix(":") && HistoryTitle.beginnings.contains { bare.hasPrefix($0) }
        guard isTitle || isForward else { return nil }
        return QuoteHead(lines: index..<index + 1, isMarked: isQuotation(lines, from: index + 1))
    }

    /// At least three different labels such as `From: …`, with a subject, an address, or a line drawn above them.
    private static func header(_ lines: ArraySlice<ReplyLine>, at index: Int) -> QuoteHead? {
        guard let first = HeaderLabel(lines[index]) else { return nil }
        var labels: Set<HeaderLabel> = [first]
        var last = index
        for next in lines[index...].indices.dropFirst().prefix(10) {
            if lines[next].isBlank || lines[next].isQuoted { break }
            guard let label = HeaderLabel(lines[next]) else { continue }
            labels.insert(label)
            last = next
        }
        let isProved =
            labels.contains(.subject) || lines[index...last].contains { $0.text.contains("@") }
            || lines[..<index].last { !$0.isBlank }?.isRule == true
        guard labels.count >= 3, labels.contains(.sender), isProved else { return nil }
        return QuoteHead(lines: index..<last + 1, isMarked: false)
    }

    /// `On … Ann wrote:`, which may have been broken into up to five lines.
    private static func attribution(_ lines: ArraySlice<ReplyLine>, endingAt end: Int) -> QuoteHead? {
        guard canEnd(lines[end]) else { return nil }
        let isMarked = isQuotation(lines, from: end + 1)
        var start = end
        var text = lines[end].bare
        for step in 0..<5 {
            let answer = step == 0 || Attribution.canStart(lines[start].bare) ? Attribution.isOne(text) : false
            if answer ?? (isMarked || isBarred(lines, from: end + 1)) {
                if !Attribution.isDated(text) { start = dated(lines, before: start) ?? start }
                return QuoteHead(lines: start..<end + 1, isMarked: isMarked)
            }
            var before = start - 1
            // Some programs part the pieces of an address by empty lines.
            if before >= lines.startIndex, lines[before].isBlank, lines[start].text.hasPrefix("<") { before -= 1 }
            guard before >= lines.startIndex, !lines[before].isBlank, !lines[before].isQuoted else { return nil }
            start = before
            text = lines[start].bare + " " + text
        }
        return nil
    }

    /// The line with the date, when the address stands on lines of its own.
    private static func dated(_ lines: ArraySlice<ReplyLine>, before start: Int) -> Int? {
        for index in lines[..<start].indices.suffix(3).reversed() {
            if lines[index].isQuoted { return nil }
            if Attribution.isDated(lines[index].bare) { return index }
            guard lines[index].isBlank || lines[index].bare == "<" else { return nil }
        }
        return nil
    }

    /// Whether the next line that is not empty begins with the bar with which some programs quote.
    private static func isBarred(_ lines: ArraySlice<ReplyLine>, from index: Int) -> Bool {
        lines[min(index, lines.endIndex)...].first { !$0.isBlank }?.text.hasPrefix("| ") ?? false
    }

    private static func canEnd(_ line: ReplyLine) -> Bool {
        guard let last = line.bare.last else { return false }
        return last == ":" || last == "：" || last == ">" || line.isFramed || line.bare.lowercased().hasSuffix("wrote")
    }

    /// Whether the next line that is not empty is quoted.
    private static func isQuotation(_ lines: ArraySlice<ReplyLine>, from index: Int) -> Bool {
        lines[min(index, lines.endIndex)...].first { !$0.isBlank }?.isQuoted ?? false
    }
}
