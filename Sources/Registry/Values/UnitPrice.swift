/// The price of one unit of a thing, finer than the currency's minor unit.
public struct UnitPrice: Sendable, Hashable {
    /// Millionths of the currency's major unit: 1_250_000 is 1.25 EUR; may be negative.
    public let micros: Int64

    /// Makes a price from millionths.
    public init(micros: Int64) {
        self.micros = micros
    }

    /// Reads a decimal number with up to six fraction digits.
    ///
    /// - Throws: ``ValueError/badAmount(_:)``, ``ValueError/tooManyFractionDigits(allowed:)`` or
    ///   ``ValueError/outOfRange``.
    public init(parsing text: String) throws(ValueError) {
        micros = try DecimalText.parse(text, scale: 6)
    }

    /// The text of the price with at least so many fraction digits: `2.00`, `0.345`.
    public func text(atLeast digits: Int) -> String { DecimalText.text(micros, scale: 6, atLeast: digits) }

    /// The shortest text of the price: `2`, `0.345`.
    public var text: String { DecimalText.text(micros, scale: 6, atLeast: 0) }
}
