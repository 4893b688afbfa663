/// A language in which Patron itself writes to people.
public enum MailLanguage: String, Sendable, CaseIterable {
    case german = "de"
    case turkish = "tr"
    case english = "en"

    /// The language to write to somebody in: the customer's, else the shop's, else English.
    ///
    /// `language` is the customer's own, such as "de" or "tr-TR"; nil when it is not known.
    public init(of language: String?, in shop: Shop) {
        let wishes = [language, shop.locale].compactMap(\.self)
        self = wishes.lazy.compactMap(Self.init(tag:)).first ?? .english
    }

    /// Reads the first subtag, whatever follows (https://www.rfc-editor.org/rfc/rfc5646); nil for other languages.
    private init?(tag: String) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }
        self.init(rawValue: primary.lowercased())
    }
}
