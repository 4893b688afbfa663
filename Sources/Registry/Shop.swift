public import Foundation

/// What the registry must know of a tenant to decide: its names, its place, its currency and its policies.
///
/// A class, since whatever does something for a request holds it: a copy of all that is in it would take longer than what
/// is looked up there.
public final class Shop: Sendable {
    /// The tenant's name on this host.
    public let name: String
    /// What people call it.
    public let title: String
    public let currency: Currency
    public let country: Country
    /// Language and region, such as "de" or "en-GB".
    public let locale: String
    /// Days, prints and times without an offset are meant in this zone.
    public let timeZone: TimeZone
    public let policies: Policies

    public init(
        name: String, title: String, currency: Currency, country: Country, locale: String, timeZone: TimeZone,
        policies: Policies
    ) {
        self.name = name
        self.title = title
        self.currency = currency
        self.country = country
        self.locale = locale
        self.timeZone = timeZone
        self.policies = policies
    }

    /// The same shop with other policies.
    public func with(_ change: (inout Policies) throws -> Void) rethrows -> Shop {
        var policies = policies
        try change(&policies)
        return Shop(
            name: name, title: title, currency: currency, country: country, locale: locale, timeZone: timeZone,
            policies: policies)
    }
}
