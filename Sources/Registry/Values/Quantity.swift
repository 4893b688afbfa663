/// How many or how much of a thing; what is weighed has a fraction, what is given back is negative.
public struct Quantity: Sendable, Hashable {
    /// Millionths of one unit: 345_000 is 0.345.
    public let micros: Int64

    /// Makes a quantity from millionths.
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

    /// The shortest text of the quantity: `2`, `0.345`.
    public var text: String { DecimalText.text(micros, scale: 6, atLeast: 0) }
}
