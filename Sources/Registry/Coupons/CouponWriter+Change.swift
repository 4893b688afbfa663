internal import Storage
internal import StrictJSON

extension CouponWriter {
    /// Changes what a coupon gives from now on; its code, its currency and its customer stay.
    ///
    /// - Throws: ``CouponError/notFound``, ``CouponError/limitTooLow(code:used:held:)``,
    ///   ``CouponError/budgetTooLow(code:spent:held:)``, and what `change` throws.
    public func update(_ code: String, _ change: (inout CouponTerms) throws -> Void) throws {
        let coupon = try freed(try reader.coupon(code))
        var terms = coupon.terms
        try change(&terms)
        (terms.code, terms.currency, terms.customer) = (
            coupon.terms.code, coupon.terms.currency, coupon.terms.customer
        )
        try terms.check()
        if let limit = terms.limit, limit < coupon.used + coupon.held {
            throw CouponError.limitTooLow(code: terms.code, used: coupon.used, held: coupon.held)
        }
        if let budget = terms.budget, budget.minor < coupon.spent.minor + coupon.heldMoney.minor {
            throw CouponError.budgetTooLow(code: terms.code, spent: coupon.spent, held: coupon.heldMoney)
        }
        let changed = terms.differences(from: coupon.terms)
        guard !changed.isEmpty else { return }
        let benefit = BenefitColumns(terms.benefit)
        try transaction.execute(
            """
            UPDATE coupon SET percent_millionths = ?, amount_minor = ?, item_sku = ?, minimum_minor = ?, starts_at = ?,
                ends_at = ?, use_limit = ?, customer_limit = ?, budget_minor = ?, channels = ?, first_order = ?,
                campaign = ?, product_count = ?, is_grouped = ?
            WHERE id = ?
            """, benefit.percent, benefit.amount, benefit.item, .integer(orNull: terms.minimum?.minor),
            .integer(orNull: terms.startsAt?.seconds), .integer(orNull: terms.endsAt?.seconds),
            .integer(orNull: terms.limit), .integer(orNull: terms.perCustomer), .integer(orNull: terms.budget?.minor),
            .text(terms.channels.joined(separator: " ")), .flag(terms.isFirstOrderOnly),
            .text(orNull: terms.campaign), .integer(Int64(terms.products.count)), .flag(terms.groups != nil),
            .integer(coupon.id.rawValue))
        if terms.products != coupon.terms.products {
            try forgetProducts(of: coupon.id)
            try enter(terms.products, of: coupon.id)
        }
        if terms.groups != coupon.terms.groups {
            try forgetGroups(of: coupon.id)
            try enter(terms.groups ?? [], of: coupon.id)
        }
        try timeline.append(.couponUpdated, customer: terms.customer) {
            $0.member("code", terms.code)
            $0.member("fields", changed)
        }
    }

    /// Binds a coupon to one customer; nobody else can use it from then on.
    ///
    /// - Throws: ``CouponError/notFound``, ``CouponError/alreadyUsed(code:)``, ``CustomerError/notFound``.
    public func assign(_ code: String, to customer: CustomerID) throws {
        let coupon = try freed(try reader.coupon(code))
        guard try CustomerReader(transaction.reading).status(of: customer) != .erased else {
            throw CustomerError.erased
        }
        let isUsedByOthers = try transaction.reading.exists(
            """
            SELECT 1 FROM coupon_redemption
            WHERE coupon_id = ? AND released_at IS NULL AND customer_id IS NOT ?
            """, .integer(coupon.id.rawValue), .integer(customer.rawValue))
        let isHeldByOthers = try transaction.reading.exists(
            "SELECT 1 FROM coupon_hold WHERE coupon_id = ? AND ended_at IS NULL AND customer_id IS NOT ?",
            .integer(coupon.id.rawValue), .integer(customer.rawValue))
        guard !isUsedByOthers, !isHeldByOthers else { throw CouponError.alreadyUsed(code: coupon.terms.code) }
        try transaction.execute(
            "UPDATE coupon SET customer_id = ? WHERE id = ?", .integer(customer.rawValue),
            .integer(coupon.id.rawValue))
        if let former = coupon.terms.customer, former != customer {
            try MergeRecords(transaction: transaction).leave(coupon.id.rawValue, of: .coupons, from: former)
        }
        try timeline.append(.couponAssigned, customer: customer) { $0.member("code", coupon.terms.code) }
    }

    /// Takes a coupon out of use; its ledger stays, and so does what is being held.
    ///
    /// - Throws: ``CouponError/notFound``.
    public func archive(_ code: String) throws {
        let coupon = try reader.coupon(code)
        guard coupon.archivedAt == nil else { return }
        try transaction.execute(
            "UPDATE coupon SET archived_at = ? WHERE id = ?", .integer(occasion.at.seconds),
            .integer(coupon.id.rawValue))
        try timeline.append(.couponArchived, customer: coupon.terms.customer) { $0.member("code", coupon.terms.code) }
    }

    /// Deletes a coupon that nobody has ever redeemed and nobody holds.
    ///
    /// - Throws: ``CouponError/notFound``, ``CouponError/wasUsed(code:)``.
    public func delete(_ code: String) throws {
        let coupon = try freed(try reader.coupon(code))
        // Without the row of the newest hold its number would be given out again, and a late release hit another.
        let hasNewestHold = try transaction.reading.exists(
            "SELECT 1 FROM coupon_hold WHERE coupon_id = ? AND id = (SELECT max(id) FROM coupon_hold)",
            .integer(coupon.id.rawValue))
        guard coupon.held == 0, try !reader.wasUsed(coupon.id), !hasNewestHold else {
            throw CouponError.wasUsed(code: coupon.terms.code)
        }
        try transaction.execute("DELETE FROM coupon_hold WHERE coupon_id = ?", .integer(coupon.id.rawValue))
        try forgetProducts(of: coupon.id)
        try forgetGroups(of: coupon.id)
        try transaction.execute("DELETE FROM coupon WHERE id = ?", .integer(coupon.id.rawValue))
        try timeline.append(.couponDeleted, customer: coupon.terms.customer) { $0.member("code", coupon.terms.code) }
    }

    private func forgetGroups(of coupon: CouponID) throws {
        try transaction.execute("DELETE FROM coupon_group WHERE coupon_id = ?", .integer(coupon.rawValue))
    }

    private func forgetProducts(of coupon: CouponID) throws {
        try transaction.execute("DELETE FROM coupon_product WHERE coupon_id = ?", .integer(coupon.rawValue))
    }
}

extension CouponTerms {
    /// The names of the terms that differ, as the protocol calls them.
    fileprivate func differences(from former: CouponTerms) -> [String] {
        let differences: [(name: String, isChanged: Bool)] = [
            ("benefit", benefit != former.benefit), ("minimum", minimum != former.minimum),
            ("starts", startsAt != former.startsAt), ("ends", endsAt != former.endsAt),
            ("limit", limit != former.limit), ("per_customer", perCustomer != former.perCustomer),
            ("budget", budget != former.budget), ("channels", channels != former.channels),
            ("products", products != former.products), ("groups", groups != former.groups),
            ("first_order", isFirstOrderOnly != former.isFirstOrderOnly),
            ("campaign", campaign != former.campaign),
        ]
        return differences.filter(\.isChanged).map(\.name)
    }
}
