internal import Storage

extension CouponReader {
    /// What a coupon takes off.
    ///
    /// `coupon` is as it is when this is asked: ``coupon(_:at:)``.
    ///
    /// - Throws: ``CouponError``, with the reason why it may not be used.
    public func discount(of coupon: Coupon, for use: CouponUse) throws -> Money {
        try discount(of: coupon, for: use, with: nil)
    }

    /// What a coupon takes off; a hold keeps its use, whatever has become of the coupon's validity since.
    func discount(of coupon: Coupon, for use: CouponUse, with hold: CouponHold?) throws -> Money {
        let terms = coupon.terms
        let code = terms.code
        if let owner = terms.customer, owner != use.customer { throw CouponError.notFound }
        if hold == nil { try judgeValidity(of: coupon, for: use) }
        if let channel = use.channel, !terms.channels.isEmpty, !terms.channels.contains(channel) {
            throw CouponError.wrongChannel(code: code)
        }
        guard use.subtotal.currency == terms.currency else {
            throw CouponError.wrongCurrency(code: code, currency: terms.currency)
        }
        if let minimum = terms.minimum, use.subtotal.minor < minimum.minor {
            throw CouponError.belowMinimum(code: code, minimum: minimum)
        }
        let heldByOthers = coupon.held - (hold == nil ? 0 : 1)
        if let limit = terms.limit, coupon.used + heldByOthers >= limit {
            throw CouponError.exhausted(code: code, limit: limit, used: coupon.used, held: heldByOthers)
        }
        try judgeCustomer(of: coupon, for: use, with: hold)
        let discount = try worth(of: terms, for: use)
        if let budget = terms.budget {
            let setAside = coupon.heldMoney.minor - (hold?.discount.minor ?? 0)
            let left = Money(minor: budget.minor - coupon.spent.minor - setAside, currency: budget.currency)
            guard discount.minor > left.minor else { return discount }
            throw CouponError.budgetSpent(code: code, left: left)
        }
        return discount
    }

    private func judgeValidity(of coupon: Coupon, for use: CouponUse) throws {
        let terms = coupon.terms
        if coupon.archivedAt != nil { throw CouponError.archived(code: terms.code) }
        if let starts = terms.startsAt, use.at < starts {
            throw CouponError.notStarted(code: terms.code, starts: starts)
        }
        if let ends = terms.endsAt, use.at >= ends { throw CouponError.expired(code: terms.code, ends: ends) }
    }

    /// Counts by the customer's id: neither another e-mail address nor another channel makes a second customer.
    private func judgeCustomer(of coupon: Coupon, for use: CouponUse, with hold: CouponHold?) throws {
        let terms = coupon.terms
        guard terms.perCustomer != nil || terms.isFirstOrderOnly || terms.groups != nil else { return }
        guard let customer = use.customer else { throw CouponError.needsCustomer(code: terms.code) }
        if terms.groups != nil, try !isInGroup(customer, of: coupon.id) {
            throw CouponError.wrongGroup(code: terms.code)
        }
        guard terms.perCustomer != nil || terms.isFirstOrderOnly else { return }
        let redeemed = try uses(of: coupon.id, by: customer)
        // An order that was cancelled without giving the coupon back was a first order too.
        if terms.isFirstOrderOnly, use.earlierOrders > 0 || redeemed > 0 {
            throw CouponError.notFirstOrder(code: terms.code)
        }
        guard let limit = terms.perCustomer else { return }
        let held = coupon.held == 0 ? 0 : try holds(on: coupon.id, of: customer, at: use.askedAt)
        guard redeemed + held - (hold?.customer == customer ? 1 : 0) < limit else {
            throw CouponError.customerLimit(code: terms.code, limit: limit)
        }
    }

    /// The discount, never more than what it counts on comes to.
    private func worth(of terms: CouponTerms, for use: CouponUse) throws -> Money {
        let currency = terms.currency
        var base = use.subtotal.minor
        if terms.needsLines {
            guard let all = use.lines else { return Money(minor: 0, currency: currency) }
            let lines = terms.lines(among: all) ?? all
            guard !lines.isEmpty else { throw missing(of: terms) }
            base = min(base, try lineSubtotal(lines.map { ($0.quantity, $0.unitPrice) }, in: currency).minor)
        }
        let minor: Int64
        switch terms.benefit {
        case .percent(let percentage):
            minor = Rounding.share(of: base, millionths: percentage.millionths)
        case .amount(let amount):
            minor = amount.minor
        case .item:
            let price = terms.lines(among: use.lines ?? [])?.first?.unitPrice.micros ?? 0
            minor = try Rounding.minorUnits(ofMicroProduct: Int128(price) * 1_000_000, currency: currency)
        }
        return Money(minor: max(0, min(minor, base)), currency: currency)
    }

    private func missing(of terms: CouponTerms) -> CouponError {
        switch terms.benefit {
        case .percent, .amount: .productsMissing(code: terms.code)
        case .item(let sku): .itemMissing(code: terms.code, sku: sku)
        }
    }
}
