/// A country or territory of ISO 3166-1.
public struct Country: Sendable, Hashable {
    /// Two letters A to Z, such as `DE`.
    public let code: String

    /// Takes up a code that was checked before it was stored.
    init(stored code: String) {
        self.code = code
    }

    /// Reads a two-letter code in either case, or an English name such as `United Kingdom` or `EIRE`.
    ///
    /// - Throws: ``ValueError/badCountry(_:)`` for anything else, also for names that mean several countries.
    public init(_ text: String) throws(ValueError) {
        if Country.codes.contains(text) {
            code = text
            return
        }
        if text.utf8.count == 2 {
            let upper = String(decoding: text.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, as: UTF8.self)
            if Country.codes.contains(upper) {
                code = upper
                return
            }
        }
        guard let code = Country.codeByFoldedName[Folding.folded(text)] else { throw .badCountry(text) }
        self.code = code
    }
}
