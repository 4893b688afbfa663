import ChannelKit

/// What an order contains of one tax rate, in minor units.
struct TaxShare: Equatable {
    let rate: Percentage
    let grossMinor: Int64
    let taxMinor: Int64

    /// What the tax is in proportion to, before it is rounded.
    private var weight: UInt128 { Int128(grossMinor).magnitude * Int128(rate.millionths).magnitude }

    /// The shares of an order, by rate; none where no line tells a rate.
    ///
    /// A discount lessens each by its part; the taxes add up to that of the order.
    static func shares(of lines: [OrderLine], _ kind: OrderKind, _ amounts: OrderAmounts) throws -> [TaxShare] {
        let currency = amounts.total.currency
        let isTurned = kind == .return && lines.allSatisfy { $0.quantity.micros >= 0 }
        var shares: [TaxShare] = []
        let byRate = Dictionary(grouping: lines.filter { $0.taxRate != nil }) { $0.taxRate?.millionths ?? 0 }
        for (_, lines) in byRate.sorted(by: { $0.key < $1.key }) {
            guard let rate = lines[0].taxRate else { continue }
            let sum = try lineSubtotal(lines.map { ($0.quantity, $0.unitPrice) }, in: currency).minor
            let gross = part(isTurned ? -sum : sum, amounts.total.minor, of: amounts.subtotal.minor)
            let tax = part(gross, rate.millionths, of: 1_000_000 + rate.millionths)
            shares.append(TaxShare(rate: rate, grossMinor: gross, taxMinor: tax))
        }
        // What rounding leaves goes where most tax is.
        let rest = amounts.tax.minor - shares.reduce(0) { $0 + $1.taxMinor }
        let largest = shares.indices.max { shares[$0].weight < shares[$1].weight }
        if rest != 0, let largest {
            let share = shares[largest]
            shares[largest] = TaxShare(
                rate: share.rate, grossMinor: share.grossMinor, taxMinor: share.taxMinor + rest)
        }
        return shares
    }

    /// `value` times `numerator` by `divisor`, rounded; `value` itself for a divisor of 0.
    private static func part(_ value: Int64, _ numerator: Int64, of divisor: Int64) -> Int64 {
        guard divisor != 0, numerator != divisor else { return value }
        let product = Int128(value) * Int128(numerator)
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: Int128(divisor))
        let isAway = remainder.magnitude * 2 >= Int128(divisor).magnitude
        return Int64(clamping: isAway ? quotient + (product.signum() == Int128(divisor).signum() ? 1 : -1) : quotient)
    }
}
