/// The form in which texts are searched: the same for all spellings of a name, in no locale.
public enum Folding {
    /// The text case-folded, without accents, with single spaces and none around it.
    ///
    /// ß becomes ss, æ ae, œ oe, þ th, ø o, ł l, đ and ð d; ı, İ, I and i become i; ü becomes u. Other scripts are
    /// case-folded and compatibility-decomposed. Invisible characters vanish, digits of all scripts become ASCII.
    public static func folded(_ text: String) -> String {
        if let latin = LatinFolding.folded(text) { return latin }
        var folded = String.UnicodeScalarView()
        for piece in FoldedText(text).pieces {
            switch piece {
            case .letters(let letters), .umlaut(let letters): folded.append(contentsOf: letters.unicodeScalars)
            case .space: if let last = folded.last, last != " " { folded.append(" ") }
            case .separator(let scalar): folded.append(scalar)
            }
        }
        if folded.last == " " { folded.removeLast() }
        return String(folded)
    }

    /// The folded words of a text, in its order: everything between characters that are neither letter nor digit.
    ///
    /// A text is found when each word of the query is the beginning of one of its ``indexTerms(for:phonebook:)``.
    public static func words(_ text: String) -> [String] {
        if let latin = LatinFolding.folded(text) {
            return latin.utf8.split(whereSeparator: { !isWordByte($0) }).map { String(Substring($0)) }
        }
        return FoldedText(text).words.map { word in word.map(\.plain).joined() }
    }

    /// The distinct words under which a text is found.
    ///
    /// A word with ä, ö or ü is found with a, o, u and with ae, oe, ue, in any mixture (beyond four of them, only all
    /// plain or all spelt out).
    ///
    /// - Parameters:
    ///   - text: A name, an address or another text people search.
    ///   - phonebook: Whether Mueller is found as Müller too, as in German directories: written ae, oe and ue also
    ///     count as a, o and u.
    /// - Returns: The words in the order of the text, each followed by its other spellings.
    public static func indexTerms(for text: String, phonebook: Bool) -> [String] {
        var terms: [String] = []
        var known: Set<String> = []
        func add(_ term: String) {
            if known.insert(term).inserted { terms.append(term) }
        }
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for word in words(text) {
                add(word)
                if phonebook { add(contracted(word)) }
            }
            return terms
        }
        for word in FoldedText(text).words {
            let forms = spellings(of: word)
            for form in forms { add(form) }
            if phonebook, let plain = forms.first { add(contracted(plain)) }
        }
        return terms
    }

    private static func spellings(of word: [FoldedText.Piece]) -> [String] {
        let umlauts = word.count(where: \.isUmlaut)
        if umlauts > 4 { return [word.map(\.plain).joined(), word.map(\.spelledOut).joined()] }
        var forms = [""]
        for piece in word {
            let longer = piece.isUmlaut ? forms.map { $0 + piece.spelledOut } : []
            forms = forms.map { $0 + piece.plain } + longer
        }
        return forms
    }

    /// The word with the e of each ae, oe and ue left out.
    private static func contracted(_ word: String) -> String {
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in word.utf8 {
            let isVowel = [UInt8(ascii: "a"), UInt8(ascii: "o"), UInt8(ascii: "u")].contains(previous)
            if byte != UInt8(ascii: "e") || !isVowel { bytes.append(byte) }
            previous = byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
}
