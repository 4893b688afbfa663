/// Takes the text of a search apart.
enum SearchWords {
    /// The folded words of a query, all of which must be found.
    ///
    /// What looks like a telephone number is its digits, what looks like an e-mail address is one word, and a text
    /// without any letter or digit is a word as a whole.
    static func words(_ text: String) -> [String] {
        if isNumber(text), let digits = digits(of: text) { return [String(decoding: digits, as: UTF8.self)] }
        let tokens = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let words = tokens.flatMap { $0.contains("@") ? [Folding.folded($0)] : Folding.words($0) }
        guard words.isEmpty, !tokens.isEmpty else { return words }
        // Folding leaves nothing of invisible characters, but they can be all there is of a name.
        let whole = Folding.folded(text)
        return [whole.isEmpty ? tokens.joined(separator: " ") : whole]
    }

    /// The words to look up, each once.
    static func query(_ text: String) -> [SearchWord] {
        var words: [SearchWord] = []
        for word in Self.words(text).map({ SearchWord($0) }) where !words.contains(word) { words.append(word) }
        return words
    }

    private static func isNumber(_ text: String) -> Bool {
        var isNumber = false
        for byte in text.utf8 {
            if 0x30...0x39 ~= byte {
                isNumber = true
            } else if !" +-/().".utf8.contains(byte) {
                return false
            }
        }
        return isNumber
    }

    /// The digits of a telephone number, without the 00 of one dialled abroad; nil when there are none.
    static func digits(of text: String) -> [UInt8]? {
        var digits: [UInt8] = []
        var isPlain = true
        for byte in text.utf8 {
            if 0x30...0x39 ~= byte { digits.append(byte) }
            if byte >= 0x80 { isPlain = false }
        }
        if !isPlain {
            digits = text.reduce(into: []) { digits, character in
                if let value = character.wholeNumberValue { digits += Array(String(value).utf8) }
            }
        }
        guard !digits.isEmpty else { return nil }
        // An international number is written with + or 00; both are found by what follows.
        return digits.starts(with: [0x30, 0x30]) && digits.count > 2 ? Array(digits[2...]) : digits
    }
}
