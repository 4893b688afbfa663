/// The line in which a mail program says who wrote what it quotes: `On … Ann wrote:`.
enum Attribution {
    /// Whether a text is one; nil when that depends on whether a quotation follows.
    ///
    /// It needs an address in angle brackets, or a date in a sentence that begins and ends as programs write it, so
    /// that "yesterday I wrote:" is not taken for one.
    static func isOne(_ text: String) -> Bool? {
        guard text.count <= 400 else { return false }
        let signs = AttributionSigns(text)
        if signs.endsInVerb {
            if signs.hasBracketedAddress || signs.startsLikeOne && signs.hasDate && signs.hasAddress { return true }
            guard signs.endsInColon, signs.hasDate else { return false }
            return signs.startsLikeOne && signs.hasYear ? true : nil
        }
        guard signs.hasBracketedAddress, signs.hasDate else { return false }
        if signs.endsInColon, signs.hasVerb || signs.endsInBracket { return true }
        return signs.startsWithDigit && signs.endsInBracket ? nil : false
    }

    /// Whether a text can be the first line of one that was broken into several.
    static func canStart(_ text: String) -> Bool {
        let signs = AttributionSigns(text)
        return signs.hasBracketedAddress || signs.startsLikeOne && signs.hasDate
    }

    /// Whether a text has a date and begins as such lines do.
    static func isDated(_ text: String) -> Bool {
        let signs = AttributionSigns(text)
        return signs.startsLikeOne && signs.hasDate
    }
}
