/// Half-even rounding to whole minor units: a tie goes to the even neighbour, so that sums do not drift.
public enum Rounding {
    /// Rounds a product of two values in millionths to minor units of a currency.
    ///
    /// - Parameters:
    ///   - microProduct: 10^-12 of the currency's major unit.
    ///   - currency: Says how fine a minor unit is.
    /// - Returns: Whole minor units.
    /// - Throws: ``ValueError/outOfRange`` when the result does not fit.
    public static func minorUnits(ofMicroProduct microProduct: Int128, currency: Currency) throws(ValueError) -> Int64 {
        var divisor: Int128 = 1
        for _ in currency.fractionDigits..<12 { divisor *= 10 }
        guard let minor = Int64(exactly: divided(microProduct, by: divisor)) else { throw .outOfRange }
        return minor
    }

    /// A share of an amount, in the amount's minor units.
    ///
    /// - Parameters:
    ///   - minor: The amount.
    ///   - millionths: The share, 100_000 is 10 %; a result beyond Int64, possible above 1_000_000, stops at its end.
    /// - Returns: Whole minor units.
    public static func share(of minor: Int64, millionths: Int64) -> Int64 {
        Int64(clamping: divided(Int128(minor) * Int128(millionths), by: 1_000_000))
    }

    /// A quotient as whole minor units.
    ///
    /// - Throws: ``ValueError/outOfRange`` when the result does not fit.
    public static func quotient(_ value: Int128, by divisor: Int128) throws(ValueError) -> Int64 {
        guard let minor = Int64(exactly: divided(value, by: divisor)) else { throw .outOfRange }
        return minor
    }

    private static func divided(_ value: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        let doubled = remainder.magnitude * 2
        let isAwayFromZero = doubled > divisor.magnitude || (doubled == divisor.magnitude && quotient % 2 != 0)
        return isAwayFromZero ? quotient + value.signum() : quotient
    }
}
