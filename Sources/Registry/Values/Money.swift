/// An amount of money in whole minor units of its currency.
public struct Money: Sendable, Hashable {
    /// The amount in minor units: 1250 is 12.50 EUR, 1250 JPY or 1.250 KWD; may be negative.
    public let minor: Int64

    /// The currency the amount is in.
    public let currency: Currency

    /// Makes an amount from minor units.
    public init(minor: Int64, currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    /// Reads `12`, `-3` or `12.5`; no exponent, space or comma.
    ///
    /// - Throws: ``ValueError/badAmount(_:)``, ``ValueError/outOfRange``, and
    ///   ``ValueError/tooManyFractionDigits(allowed:)`` instead of rounding.
    public init(parsing text: String, in currency: Currency) throws(ValueError) {
        minor = try DecimalText.parse(text, scale: currency.fractionDigits)
        self.currency = currency
    }

    /// The amount without the currency, always with all fraction digits: `12.50`.
    public var text: String {
        DecimalText.text(minor, scale: currency.fractionDigits, atLeast: currency.fractionDigits)
    }
}
