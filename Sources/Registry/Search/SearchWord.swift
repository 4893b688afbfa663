/// A word of a query with the grams it is looked up by.
struct SearchWord: Sendable, Equatable {
    let bytes: [UInt8]
    /// The word as it stands among a customer's words.
    let marked: [UInt8]
    /// Grams of a word that starts with this one; none when nothing but an address can hold it.
    let starting: [SearchGram]
    /// Grams of an address that has this word in it; none for a short word.
    let inside: [SearchGram]

    /// More grams than this decide nothing any more.
    private static let limit = 24

    init(_ word: String) {
        let bytes = Array(word.utf8)
        self.bytes = bytes
        marked = [SearchTerms.mark] + bytes
        let last = min(bytes.count - 3, Self.limit)
        var starting = [SearchGram(startOf: bytes, at: 0, min(bytes.count, 3))]
        if last > 0 { for start in 1...last { starting.append(SearchGram(inside: bytes, at: start)) } }
        self.starting = bytes.contains(UInt8(ascii: "@")) ? [] : starting
        inside = last < 0 ? [] : (0...last).map { SearchGram(ofAddress: bytes, at: $0) }
    }

    /// Whether only an address can hold the word.
    var isAddress: Bool { starting.isEmpty }

    /// Whether the word is looked for within addresses too, not only where a word of one starts.
    var isLong: Bool { bytes.count > 2 }
}
