internal import Storage
internal import StrictJSON

extension CouponWriter {
    /// Sets a use aside for an order that is being placed; it counts as used until it is released or expires.
    ///
    /// - Parameters:
    ///   - code: The coupon.
    ///   - use: What for; its time is now.
    ///   - seconds: How long it holds, 1 to ``CouponHold/longestSeconds``.
    /// - Returns: The hold.
    /// - Throws: ``CouponError``, ``CustomerError/notFound``.
    public func hold(_ code: String, for use: CouponUse, seconds: Int64) throws -> CouponHold {
        try sweep()
        if let customer = use.customer { _ = try CustomerReader(transaction.reading).status(of: customer) }
        let coupon = try freed(try reader.coupon(code))
        var use = use
        // The discount must be known to be set aside: no lines are none that count.
        use.lines = use.lines ?? []
        let discount = try reader.discount(of: coupon, for: use)
        let id = try transaction.insert(
            """
            INSERT INTO coupon_hold (id, coupon_id, customer_id, channel, amount_minor, held_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, .integer(try Numbering.hold.next(in: transaction)), .integer(coupon.id.rawValue),
            .integer(orNull: use.customer?.rawValue), .text(orNull: use.channel),
            .integer(discount.minor), .integer(occasion.at.seconds), .integer(occasion.at.seconds + seconds))
        try transaction.execute(
            "UPDATE coupon SET held = held + 1, held_minor = held_minor + ? WHERE id = ?", .integer(discount.minor),
            .integer(coupon.id.rawValue))
        return try reader.hold(CouponHoldID(rawValue: id))
    }

    /// Redeems a hold for an order that has been registered without a coupon; what the order comes to stays.
    ///
    /// The same again changes nothing.
    ///
    /// - Throws: ``CouponError``, ``OrderError/notFound``.
    public func commit(_ id: CouponHoldID, for orderID: OrderID) throws -> CouponHold {
        let hold = try reader.hold(id)
        let order = try OrderReader(transaction.reading).order(orderID)
        switch hold.state(at: occasion.at) {
        case .held: break
        case .expired: throw CouponError.holdExpired(expired: hold.expiresAt)
        case .released: throw CouponError.holdReleased
        case .committed:
            guard hold.order == orderID else { throw CouponError.holdCommitted(order: hold.order ?? orderID) }
            return hold
        }
        let customer = order.match.customer
        guard hold.customer == nil || hold.customer == customer,
            hold.channel == nil || hold.channel == order.channel
        else { throw CouponError.noHold }
        guard order.kind == .order, !order.isTest, order.state.isCounted else {
            throw CouponError.orderNotCounted(order: orderID)
        }
        guard order.amounts.total.currency == hold.discount.currency else {
            throw CouponError.wrongCurrency(code: hold.code, currency: hold.discount.currency)
        }
        let hasCoupon = try transaction.reading.exists(
            "SELECT 1 FROM coupon_redemption WHERE order_id = ?", .integer(orderID.rawValue))
        guard !hasCoupon, order.coupon == nil else { throw CouponError.orderHasCoupon(order: orderID) }
        let redemption = CouponRedemption(
            coupon: try reader.coupon(hold.coupon), hold: hold, discount: hold.discount)
        try redeem(redemption, for: orderID, by: customer)
        try transaction.execute(
            "UPDATE customer_order SET rev = rev + 1, coupon = ? WHERE id = ?", .text(hold.code),
            .integer(orderID.rawValue))
        return try reader.hold(id)
    }

    /// Gives a hold back before its time; one that has ended already stays as it is.
    ///
    /// - Throws: ``CouponError/noHold``, ``CouponError/holdCommitted(order:)``.
    public func release(_ id: CouponHoldID) throws -> CouponHold {
        let hold = try reader.hold(id)
        switch hold.state(at: occasion.at) {
        case .released, .expired: return hold
        case .committed: throw CouponError.holdCommitted(order: hold.order ?? OrderID(rawValue: 0))
        case .held: break
        }
        try transaction.execute(
            "UPDATE coupon_hold SET ended_at = ? WHERE id = ?", .integer(occasion.at.seconds), .integer(id.rawValue))
        try giveBack(1, hold.discount.minor, to: hold.coupon)
        return try reader.hold(id)
    }

    /// Frees what has expired, of any coupon, and forgets holds that ended a month ago; a hundred of each at most.
    public func sweep() throws {
        let now = Value.integer(occasion.at.seconds)
        let coupons = try transaction.reading.all(
            """
            SELECT DISTINCT coupon_id FROM (
                SELECT coupon_id FROM coupon_hold WHERE ended_at IS NULL AND expires_at <= ? LIMIT 100
            )
            """, now
        ) { CouponID(rawValue: $0.integer(0)) }
        for coupon in coupons { _ = try freed(try reader.coupon(coupon)) }
        try transaction.execute(
            """
            DELETE FROM coupon_hold WHERE id IN (SELECT id FROM coupon_hold WHERE ended_at < ? LIMIT 100)
            """, .integer(occasion.at.seconds - Self.memory))
    }

    /// A coupon with its expired holds freed.
    func freed(_ coupon: Coupon) throws -> Coupon {
        let current = try reader.current(coupon, at: occasion.at)
        let stale = coupon.held - current.held
        guard stale > 0 else { return coupon }
        try transaction.execute(
            "UPDATE coupon_hold SET ended_at = ? WHERE coupon_id = ? AND ended_at IS NULL AND expires_at <= ?",
            .integer(occasion.at.seconds), .integer(coupon.id.rawValue), .integer(occasion.at.seconds))
        try giveBack(stale, coupon.heldMoney.minor - current.heldMoney.minor, to: coupon.id)
        return current
    }

    private func giveBack(_ count: Int64, _ minor: Int64, to coupon: CouponID) throws {
        try transaction.execute(
            "UPDATE coupon SET held = held - ?, held_minor = held_minor - ? WHERE id = ?", .integer(count),
            .integer(minor), .integer(coupon.rawValue))
    }

    /// How long a hold is remembered when it has ended, in seconds.
    private static let memory: Int64 = 30 * 86_400
}
