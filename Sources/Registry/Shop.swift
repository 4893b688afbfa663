public import Foundation

/// What the registry must know of a tenant to decide: its names, its place, its currency and its policies.
public struct Shop: Sendable, Equatable {
    /// The tenant's name on this host.
    public var name: String
    /// What people call it.
    public var title: String
    public var currency: Currency
    public var country: Country
    /// Language and region, such as "de" or "en-GB".
    public var locale: String
    /// Days, prints and times without an offset are meant in this zone.
    public var timeZone: TimeZone
    public var policies: Policies

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
}
