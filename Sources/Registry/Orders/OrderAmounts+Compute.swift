extension OrderAmounts {
    /// A hundred thousand million of a currency with two digits: sums over all orders of a customer stay exact.
    private static let limit: UInt64 = 10_000_000_000_000

    /// The sum of the lines, or what the channel declared where there are none; negative for a return.
    ///
    /// - Throws: ``OrderError/nothingToPay``, ``ValueError/outOfRange``.
    static func subtotal(of draft: OrderDraft) throws -> Money {
        let subtotal: Money
        if draft.lines.isEmpty {
            guard let declared = draft.declared else { throw OrderError.nothingToPay }
            subtotal = draft.kind == .return ? declared.negative : declared
        } else {
            subtotal = try lineSubtotal(draft.lines.map { ($0.quantity, $0.unitPrice) }, in: draft.currency)
        }
        guard subtotal.minor.magnitude <= limit else { throw ValueError.outOfRange }
        return subtotal
    }

    /// What a draft comes to with a discount.
    ///
    /// The discount counts on `lines`, and so lessens their tax; nil for all of them.
    ///
    /// - Throws: ``OrderError/totalMismatch(computed:declared:)``, ``OrderError/negativeTotal``.
    init(of draft: OrderDraft, subtotal: Money, discount: Money, on lines: [OrderLine]? = nil) throws {
        let currency = draft.currency
        let (net, isBelow) = subtotal.minor.subtractingReportingOverflow(discount.minor)
        let (total, isBeyond) = net.addingReportingOverflow(draft.chargesMinor)
        guard !isBelow, !isBeyond else { throw ValueError.outOfRange }
        guard [subtotal.minor, net, total].allSatisfy({ $0.magnitude <= Self.limit }) else {
            throw ValueError.outOfRange
        }
        self.subtotal = subtotal
        self.discount = discount
        self.total = Money(minor: total, currency: currency)
        let goodsTax =
            if let lines, discount.minor != 0 {
                try Self.tax(in: draft.lines, less: discount, on: lines)
            } else {
                try Self.tax(in: draft.lines, subtotal: subtotal, discounted: net)
            }
        let (tax, isTaxBeyond) = goodsTax.minor.addingReportingOverflow(draft.chargesTaxMinor)
        guard !isTaxBeyond, tax.magnitude <= Self.limit else { throw ValueError.outOfRange }
        self.tax = Money(minor: tax, currency: currency)
        if draft.kind == .order, total < 0 { throw OrderError.negativeTotal }
        if draft.kind == .return, total > 0 { throw OrderError.positiveReturn }
        if !draft.lines.isEmpty, let declared = draft.declared {
            let expected = draft.kind == .return ? declared.negative.minor : declared.minor
            guard expected == total else { throw OrderError.totalMismatch(computed: self.total, declared: declared) }
        }
    }

    /// The tax contained in the lines, less the discount's share of the tax in those on which it counts.
    private static func tax(in all: [OrderLine], less discount: Money, on lines: [OrderLine]) throws -> Money {
        let base = try lineSubtotal(lines.map { ($0.quantity, $0.unitPrice) }, in: discount.currency)
        let whole = try tax(in: all, subtotal: base, discounted: base.minor)
        let part = try tax(in: lines, subtotal: base, discounted: base.minor)
        let left = try tax(in: lines, subtotal: base, discounted: base.minor - discount.minor)
        return Money(minor: whole.minor - part.minor + left.minor, currency: discount.currency)
    }

    /// The tax contained in the lines, less its share of the discount.
    private static func tax(in lines: [OrderLine], subtotal: Money, discounted: Int64) throws -> Money {
        var product: Int128 = 0
        for line in lines {
            guard let rate = line.taxRate?.millionths, rate > 0 else { continue }
            let gross = Int128(line.quantity.micros) * Int128(line.unitPrice.micros)
            let (taxed, isBeyond) = gross.multipliedReportingOverflow(by: Int128(rate))
            guard !isBeyond else { throw ValueError.outOfRange }
            product += taxed / Int128(1_000_000 + rate)
        }
        guard product != 0 else { return Money(minor: 0, currency: subtotal.currency) }
        let tax = try Rounding.minorUnits(ofMicroProduct: product, currency: subtotal.currency)
        guard discounted != subtotal.minor, subtotal.minor != 0 else {
            return Money(minor: tax, currency: subtotal.currency)
        }
        let share = try Rounding.quotient(
            Int128(tax) * Int128(discounted), by: Int128(subtotal.minor))
        return Money(minor: share, currency: subtotal.currency)
    }
}

extension OrderDraft {
    /// A return whose lines are written with positive quantities, turned round.
    var turnedRound: OrderDraft {
        guard kind == .return, lines.allSatisfy({ $0.quantity.micros >= 0 }) else { return self }
        var draft = self
        draft.lines = lines.map { line in
            var line = line
            line.quantity = Quantity(micros: -line.quantity.micros)
            return line
        }
        return draft
    }
}

extension Money {
    /// The same amount below zero, whatever its sign; the least there is stays as it is.
    fileprivate var negative: Money {
        Money(minor: minor > 0 ? -minor : minor, currency: currency)
    }
}
