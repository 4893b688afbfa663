internal import Registry

/// What words in cells mean, in German, English and Turkish.
enum CellWords {
    /// A yes or no; nil for anything else.
    static func flag(_ text: String) -> Bool? {
        let word = Folding.folded(text)
        if yes.contains(word) { return true }
        return no.contains(word) ? false : nil
    }

    /// What a cell says of a subscription; nil when it says nothing that is known.
    static func subscription(_ text: String) -> ImportedConsent? {
        let word = Folding.words(text).joined()
        if yes.contains(word) || granted.contains(word) { return .granted }
        if no.contains(word) || refused.contains(word) { return .refused }
        if word == "pending" || word == "unconfirmed" || word == "ausstehend" { return .pending }
        return bounced.contains(word) ? .bounced : nil
    }

    private static let yes: Set<String> = [
        "1", "yes", "y", "true", "t", "on", "x", "ja", "j", "wahr", "evet", "e", "dogru", "var", "si", "oui",
    ]
    private static let no: Set<String> = [
        "0", "no", "n", "false", "f", "off", "nein", "falsch", "hayir", "h", "yanlis", "yok", "non",
    ]
    private static let granted: Set<String> = ["subscribed", "optedin", "optin", "angemeldet", "abonniert", "abone"]
    private static let refused: Set<String> = [
        "unsubscribed", "notsubscribed", "nonsubscribed", "optedout", "optout", "abgemeldet", "abonedegil",
        "blocklisted", "complained", "archived",
    ]
    private static let bounced: Set<String> = ["cleaned", "bounced", "hardbounce"]
}
