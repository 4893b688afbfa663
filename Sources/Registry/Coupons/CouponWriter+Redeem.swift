internal import Storage
internal import StrictJSON

extension CouponWriter {
    /// Judges what an order may take off, before the order is entered.
    ///
    /// Without a hold that is named, one the customer has is used up; one that has expired is worth nothing, and the
    /// coupon is judged anew. Nil when the order names no coupon.
    ///
    /// - Throws: ``CouponError``.
    func judge(_ draft: OrderDraft, for use: CouponUse) throws -> CouponRedemption? {
        guard draft.coupon != nil || draft.hold != nil else { return nil }
        guard draft.kind == .order else { throw CouponError.notOnReturns }
        let named = try draft.hold.map(reader.hold)
        let stored = try draft.coupon.map(reader.coupon) ?? reader.coupon(named?.code ?? "")
        if let named { try match(named, stored, use) }
        let coupon = try freed(stored)
        var hold: CouponHold?
        if coupon.held > 0 {
            if let named {
                hold = named.state(at: occasion.at) == .held ? named : nil
            } else if let customer = use.customer {
                hold = try reader.liveHold(on: coupon.id, of: customer, at: occasion.at)
            }
        }
        let discount = try reader.discount(of: coupon, for: use, with: hold)
        return CouponRedemption(coupon: coupon, hold: hold, discount: discount)
    }

    /// Refuses a hold that is not this order's to use.
    private func match(_ hold: CouponHold, _ coupon: Coupon, _ use: CouponUse) throws {
        guard hold.coupon == coupon.id, hold.customer == nil || hold.customer == use.customer,
            hold.channel == nil || hold.channel == use.channel
        else { throw CouponError.noHold }
        switch hold.state(at: occasion.at) {
        case .held, .expired: break
        case .released: throw CouponError.holdReleased
        case .committed:
            if let order = hold.order { throw CouponError.holdCommitted(order: order) }
        }
    }

    /// Enters a redemption in the ledger and counts it.
    ///
    /// The schema refuses a count above the limit, whatever was judged before.
    func redeem(_ redemption: CouponRedemption, for order: OrderID, by customer: CustomerID?) throws {
        let discount = redemption.discount
        try transaction.execute(
            """
            INSERT INTO coupon_redemption (coupon_id, customer_id, order_id, amount_minor, redeemed_at)
            VALUES (?, ?, ?, ?, ?)
            """,
            .integer(redemption.coupon.id.rawValue), .integer(orNull: customer?.rawValue), .integer(order.rawValue),
            .integer(discount.minor), .integer(occasion.at.seconds))
        if let hold = redemption.hold {
            try transaction.execute(
                """
                UPDATE coupon SET used = used + 1, spent_minor = spent_minor + ?, held = held - 1,
                    held_minor = held_minor - ?
                WHERE id = ?
                """, .integer(discount.minor), .integer(hold.discount.minor), .integer(hold.coupon.rawValue))
            try transaction.execute(
                "UPDATE coupon_hold SET ended_at = ?, order_id = ? WHERE id = ?", .integer(occasion.at.seconds),
                .integer(order.rawValue), .integer(hold.id.rawValue))
        } else {
            try transaction.execute(
                "UPDATE coupon SET used = used + 1, spent_minor = spent_minor + ? WHERE id = ?",
                .integer(discount.minor), .integer(redemption.coupon.id.rawValue))
        }
        try timeline.append(.couponRedeemed, customer: customer, order: order) {
            $0.member("code", redemption.coupon.terms.code)
            $0.member("amount", discount.text)
            $0.member("currency", discount.currency.code)
        }
    }

    /// Gives back what an order redeemed, if anything.
    package func release(order: OrderID, of customer: CustomerID?) throws {
        let released = try transaction.returning(
            """
            UPDATE coupon_redemption SET released_at = ? WHERE order_id = ? AND released_at IS NULL
            RETURNING coupon_id, amount_minor
            """, .integer(occasion.at.seconds), .integer(order.rawValue)
        ) { (coupon: $0.integer(0), amount: $0.integer(1)) }
        guard let released else { return }
        let code = try transaction.returning(
            """
            UPDATE coupon SET used = used - 1, spent_minor = spent_minor - ? WHERE id = ? RETURNING code
            """, .integer(released.amount), .integer(released.coupon)
        ) { $0.text(0) }
        try timeline.append(.couponReleased, customer: customer, order: order) { $0.member("code", code) }
    }

    /// Lets a redemption follow its order to another customer.
    func move(order: OrderID, to customer: CustomerID) throws {
        try transaction.execute(
            "UPDATE coupon_redemption SET customer_id = ? WHERE order_id = ?",
            .integer(customer.rawValue), .integer(order.rawValue))
    }
}
