public import Foundation

/// What the registry must know of a tenant to decide: its place, its currency and its policies.
public struct Shop: Sendable, Equatable {
    public var currency: Currency
    public var country: Country
    /// Language and region, such as "de" or "en-GB".
    public var locale: String
    /// Days, prints and times without an offset are meant in this zone.
    public var timeZone: TimeZone
    public var policies: Policies

    public init(currency: Currency, country: Country, locale: String, timeZone: TimeZone, policies: Policies) {
        self.currency = currency
        self.country = country
        self.locale = locale
        self.timeZone = timeZone
        self.policies = policies
    }
}
