/// The sum over lines of quantity times unit price, rounded half-even once, at the end.
///
/// - Throws: ``ValueError/outOfRange`` when the sum does not fit.
public func lineSubtotal(
    _ lines: some Sequence<(quantity: Quantity, unitPrice: UnitPrice)>, in currency: Currency
) throws(ValueError) -> Money {
    var sum: Int128 = 0
    for line in lines {
        let product = Int128(line.quantity.micros) * Int128(line.unitPrice.micros)
        let (next, overflow) = sum.addingReportingOverflow(product)
        if overflow { throw .outOfRange }
        sum = next
    }
    return Money(minor: try Rounding.minorUnits(ofMicroProduct: sum, currency: currency), currency: currency)
}
