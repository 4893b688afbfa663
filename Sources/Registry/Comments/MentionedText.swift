/// A text whose mentions are written as stable references.
struct MentionedText: Equatable {
    /// A mention and where its reference stands, in bytes of UTF-8.
    struct Place: Equatable {
        let start: Int
        let length: Int
        let target: MentionTarget
    }

    private(set) var source = ""
    private(set) var places: [Place] = []

    /// The most mentions of a text; what comes behind them stays as it is written.
    private static let limit = 50

    /// Takes up what was stored.
    init(source: String, places: [Place]) {
        self.source = source
        self.places = places
    }

    /// Reads what somebody wrote; what `resolve` knows nothing of stays as it is written.
    init(_ text: String, resolve: (MentionReference) throws -> MentionTarget?) throws {
        var rest = text[...]
        var isInWord = false
        while let sign = rest.first {
            if sign == "@" || sign == "#", !isInWord, places.count < Self.limit,
                let (target, end) = try Self.mention(at: rest, resolve)
            {
                let reference = target.reference
                places.append(Place(start: source.utf8.count, length: reference.utf8.count, target: target))
                source += reference
                rest = rest[end...]
                isInWord = true
            } else {
                source.append(sign)
                isInWord = sign.isLetter || sign.isNumber || sign == "_"
                rest = rest.dropFirst()
            }
        }
    }

    /// The mention that `text` begins with, and where it ends.
    private static func mention(
        at text: Substring, _ resolve: (MentionReference) throws -> MentionTarget?
    ) throws -> (MentionTarget, String.Index)? {
        for (reference, end) in references(at: text) {
            if let target = try resolve(reference) { return (target, end) }
        }
        return nil
    }

    /// Whatever `text` may begin with, the longest first: a sentence's point may be part of a name, or not.
    private static func references(at text: Substring) -> [(MentionReference, String.Index)] {
        let body = text.dropFirst()
        if text.first == "#" {
            let digits = body.prefix { $0.isASCII && $0.isNumber }
            guard !isWord(body.dropFirst(digits.count).first), let number = Int64(digits) else { return [] }
            return [(.customerNumber(number), digits.endIndex)]
        }
        let head = body.prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }
        var references: [(MentionReference, String.Index)] = []
        let tail = text[head.endIndex...]
        if tail.first == ":" { references += named(String(head), tail.dropFirst()) }
        return references + trimmed(head).map { (.staffName(String($0)), $0.endIndex) }
    }

    /// "customer:17", "staff:3" or a channel's word for a product.
    private static func named(_ head: String, _ tail: Substring) -> [(MentionReference, String.Index)] {
        let digits = tail.prefix { $0.isASCII && $0.isNumber }
        let number = isWord(tail.dropFirst(digits.count).first) ? nil : Int64(digits)
        switch (head, number) {
        case ("customer", let number?): return [(.customer(CustomerID(rawValue: number)), digits.endIndex)]
        case ("staff", let number?): return [(.staff(StaffID(rawValue: number)), digits.endIndex)]
        case ("customer", nil), ("staff", nil): return []
        case (_, _): break
        }
        if tail.first == "\"", let end = tail.dropFirst().firstIndex(of: "\"") {
            let sku = tail[tail.index(after: tail.startIndex)..<end]
            return [(.product(channel: head, sku: String(sku)), tail.index(after: end))]
        }
        return trimmed(tail.prefix { !$0.isWhitespace }).map {
            (.product(channel: head, sku: String($0)), $0.endIndex)
        }
    }

    /// A word, and the same with one punctuation mark less at its end, at most three times.
    private static func trimmed(_ word: Substring) -> [Substring] {
        var words: [Substring] = []
        var word = word
        while let last = word.last, words.count < 4 {
            words.append(word)
            guard last.isPunctuation else { break }
            word = word.dropLast()
        }
        return words
    }

    private static func isWord(_ sign: Character?) -> Bool {
        sign.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
}
