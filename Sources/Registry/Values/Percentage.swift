/// A share from 0 to 100 per cent.
public struct Percentage: Sendable, Hashable {
    /// Millionths of the whole, 0 to 1_000_000: 100_000 is 10 %.
    public let millionths: Int64

    /// Makes a percentage from millionths of the whole.
    ///
    /// - Throws: ``ValueError/outOfRange`` below 0 or above 1_000_000.
    public init(millionths: Int64) throws(ValueError) {
        guard (0...1_000_000).contains(millionths) else { throw .outOfRange }
        self.millionths = millionths
    }

    /// Reads per cents with up to four fraction digits, without a sign: `10`, `12.5`.
    ///
    /// - Throws: ``ValueError/badPercentage(_:)``, also below 0 and above 100.
    public init(parsing text: String) throws(ValueError) {
        do {
            try self.init(millionths: try DecimalText.parse(text, scale: 4))
        } catch {
            throw .badPercentage(text)
        }
    }

    /// The shortest text in per cent, without a sign: `12.5`.
    public var text: String { DecimalText.text(millionths, scale: 4, atLeast: 0) }
}
