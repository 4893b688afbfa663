internal import Storage

extension CouponReader {
    /// A hold, whatever has become of it; those that ended a month ago are forgotten.
    ///
    /// - Throws: ``CouponError/noHold``.
    public func hold(_ id: CouponHoldID) throws -> CouponHold {
        let found = try transaction.first(
            """
            SELECT h.id, h.coupon_id, c.code, h.customer_id, h.channel, h.amount_minor, c.currency, h.held_at,
                h.expires_at, h.ended_at, h.order_id
            FROM coupon_hold h JOIN coupon c ON c.id = h.coupon_id WHERE h.id = ?
            """, .integer(id.rawValue), element: Self.hold)
        guard let found else { throw CouponError.noHold }
        return found
    }

    /// The oldest live hold of a customer on a coupon.
    func liveHold(on coupon: CouponID, of customer: CustomerID, at now: Instant) throws -> CouponHold? {
        try transaction.first(
            """
            SELECT h.id, h.coupon_id, c.code, h.customer_id, h.channel, h.amount_minor, c.currency, h.held_at,
                h.expires_at, h.ended_at, h.order_id
            FROM coupon_hold h JOIN coupon c ON c.id = h.coupon_id
            WHERE h.coupon_id = ? AND h.customer_id = ? AND h.ended_at IS NULL AND h.expires_at > ?
            ORDER BY h.id LIMIT 1
            """, .integer(coupon.rawValue), .integer(customer.rawValue), .integer(now.seconds), element: Self.hold)
    }

    /// A coupon without the holds that have expired and have not been freed yet.
    func current(_ coupon: Coupon, at now: Instant) throws -> Coupon {
        guard coupon.held > 0 else { return coupon }
        let stale = try transaction.first(
            """
            SELECT count(*), coalesce(sum(amount_minor), 0) FROM coupon_hold
            WHERE coupon_id = ? AND ended_at IS NULL AND expires_at <= ?
            """, .integer(coupon.id.rawValue), .integer(now.seconds)
        ) { (count: $0.integer(0), minor: $0.integer(1)) }
        var coupon = coupon
        coupon.held -= stale?.count ?? 0
        coupon.heldMoney = Money(
            minor: coupon.heldMoney.minor - (stale?.minor ?? 0), currency: coupon.heldMoney.currency)
        return coupon
    }

    /// How many live holds a customer has on a coupon.
    func holds(on coupon: CouponID, of customer: CustomerID, at now: Instant) throws -> Int64 {
        let count = try transaction.first(
            """
            SELECT count(*) FROM coupon_hold
            WHERE coupon_id = ? AND customer_id = ? AND ended_at IS NULL AND expires_at > ?
            """, .integer(coupon.rawValue), .integer(customer.rawValue), .integer(now.seconds)
        ) { $0.integer(0) }
        return count ?? 0
    }

    private static func hold(_ row: Row) -> CouponHold {
        CouponHold(
            id: CouponHoldID(rawValue: row.integer(0)), coupon: CouponID(rawValue: row.integer(1)), code: row.text(2),
            customer: row.integerOrNil(3).map(CustomerID.init(rawValue:)), channel: row.textOrNil(4),
            discount: Money(minor: row.integer(5), currency: Currency(stored: row.text(6))),
            heldAt: Instant(seconds: row.integer(7)), expiresAt: Instant(seconds: row.integer(8)),
            endedAt: row.integerOrNil(9).map(Instant.init(seconds:)),
            order: row.integerOrNil(10).map(OrderID.init(rawValue:)))
    }
}
