public import Registry

/// The language in which a sheet is printed.
public enum SheetLanguage: String, Sendable, CaseIterable {
    case german = "de"
    case turkish = "tr"
    case english = "en"

    /// The customer's language, else the shop's, else English.
    public init(of customer: Customer, in shop: Shop) {
        let wishes = [customer.fields.language, shop.locale].compactMap { $0?.prefix(2).lowercased() }
        self = wishes.lazy.compactMap(SheetLanguage.init(rawValue:)).first ?? .english
    }
}
