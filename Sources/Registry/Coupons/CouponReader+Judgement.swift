/// What a coupon is to be used for.
public struct CouponUse: Sendable {
    public var channel: String?
    public var customer: CustomerID?
    /// What the order comes to before the discount.
    public var subtotal: Money
    /// Nil when they are not known yet; a coupon for an item is then taken at its word.
    public var lines: [OrderLine]?
    /// When the order was placed.
    public var at: Instant
    /// How many orders of this customer count already.
    public var earlierOrders: Int64

    public init(
        channel: String?, customer: CustomerID?, subtotal: Money, lines: [OrderLine]?, at: Instant, earlierOrders: Int64
    ) {
        self.channel = channel
        self.customer = customer
        self.subtotal = subtotal
        self.lines = lines
        self.at = at
        self.earlierOrders = earlierOrders
    }
}

extension CouponReader {
    /// What a coupon takes off.
    ///
    /// - Throws: ``CouponError``, with the reason why it may not be used.
    public func discount(of coupon: Coupon, for use: CouponUse) throws -> Money {
        let terms = coupon.terms
        let code = terms.code
        if let owner = terms.customer, owner != use.customer { throw CouponError.notFound }
        if let starts = terms.startsAt, use.at < starts { throw CouponError.notStarted(code: code, starts: starts) }
        if let ends = terms.endsAt, use.at >= ends { throw CouponError.expired(code: code, ends: ends) }
        if let channel = use.channel, !terms.channels.isEmpty, !terms.channels.contains(channel) {
            throw CouponError.wrongChannel(code: code)
        }
        guard use.subtotal.currency == terms.currency else {
            throw CouponError.wrongCurrency(code: code, currency: terms.currency)
        }
        if let minimum = terms.minimum, use.subtotal.minor < minimum.minor {
            throw CouponError.belowMinimum(code: code, minimum: minimum)
        }
        if let limit = terms.limit, coupon.used >= limit {
            throw CouponError.exhausted(code: code, limit: limit, used: coupon.used)
        }
        try judgeCustomer(of: coupon, for: use)
        let discount = try worth(of: terms, for: use)
        if let budget = terms.budget {
            let left = Money(minor: budget.minor - coupon.spent.minor, currency: budget.currency)
            guard discount.minor > left.minor else { return discount }
            throw CouponError.budgetSpent(code: code, left: left)
        }
        return discount
    }

    private func judgeCustomer(of coupon: Coupon, for use: CouponUse) throws {
        let terms = coupon.terms
        guard terms.perCustomer != nil || terms.isFirstOrderOnly else { return }
        guard let customer = use.customer else { throw CouponError.needsCustomer(code: terms.code) }
        if terms.isFirstOrderOnly, use.earlierOrders > 0 { throw CouponError.notFirstOrder(code: terms.code) }
        if let limit = terms.perCustomer, try uses(of: coupon.id, by: customer) >= limit {
            throw CouponError.customerLimit(code: terms.code, limit: limit)
        }
    }

    /// The discount, never more than the order comes to.
    private func worth(of terms: CouponTerms, for use: CouponUse) throws -> Money {
        let minor: Int64
        switch terms.benefit {
        case .percent(let percentage):
            minor = Rounding.share(of: use.subtotal.minor, millionths: percentage.millionths)
        case .amount(let amount):
            minor = amount.minor
        case .item(let sku):
            guard let lines = use.lines else { return Money(minor: 0, currency: terms.currency) }
            guard let line = lines.first(where: { $0.sku == sku && $0.quantity.micros >= 1_000_000 }) else {
                throw CouponError.itemMissing(code: terms.code, sku: sku)
            }
            let product = Int128(line.unitPrice.micros) * 1_000_000
            minor = try Rounding.minorUnits(ofMicroProduct: product, currency: terms.currency)
        }
        return Money(minor: max(0, min(minor, use.subtotal.minor)), currency: terms.currency)
    }
}
