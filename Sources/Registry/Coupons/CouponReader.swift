public import Storage

/// Reads coupons and judges whether they may be used.
public struct CouponReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``CouponError/notFound``.
    public func coupon(_ code: String) throws -> Coupon {
        let found = try transaction.first(
            """
            SELECT id, code, percent_millionths, amount_minor, item_sku, currency, minimum_minor, starts_at, ends_at,
                use_limit, customer_limit, budget_minor, channels, customer_id, first_order, used, spent_minor
            FROM coupon WHERE code_key = ?
            """, .text(CouponTerms.key(of: code)), element: Self.coupon)
        guard let found else { throw CouponError.notFound }
        return found
    }

    /// Coupons after the one with `id`, in the order they were made.
    ///
    /// With a customer only those bound to this one.
    public func coupons(of customer: CustomerID?, after id: Int64, limit: Int) throws -> [Coupon] {
        guard let customer else {
            return try transaction.all(
                """
                SELECT id, code, percent_millionths, amount_minor, item_sku, currency, minimum_minor, starts_at,
                    ends_at, use_limit, customer_limit, budget_minor, channels, customer_id, first_order, used,
                    spent_minor
                FROM coupon WHERE id > ? ORDER BY id LIMIT ?
                """, .integer(id), .integer(Int64(limit)), element: Self.coupon)
        }
        return try transaction.all(
            """
            SELECT id, code, percent_millionths, amount_minor, item_sku, currency, minimum_minor, starts_at, ends_at,
                use_limit, customer_limit, budget_minor, channels, customer_id, first_order, used, spent_minor
            FROM coupon WHERE customer_id = ? AND id > ? ORDER BY id LIMIT ?
            """, .integer(customer.rawValue), .integer(id), .integer(Int64(limit)), element: Self.coupon)
    }

    /// How often a customer has redeemed a coupon and not given it back.
    func uses(of coupon: CouponID, by customer: CustomerID) throws -> Int64 {
        let count = try transaction.first(
            """
            SELECT count(*) FROM coupon_redemption
            WHERE coupon_id = ? AND customer_id = ? AND released_at IS NULL
            """, .integer(coupon.rawValue), .integer(customer.rawValue)
        ) { $0.integer(0) }
        return count ?? 0
    }

    /// Coupons whose counters differ from their ledger, by code; none when all is well.
    public func mismatches() throws -> [String] {
        try transaction.all(
            """
            SELECT code FROM coupon
            WHERE used <> (SELECT count(*) FROM coupon_redemption WHERE coupon_id = coupon.id AND released_at IS NULL)
            OR spent_minor <> (SELECT coalesce(sum(amount_minor), 0) FROM coupon_redemption
                WHERE coupon_id = coupon.id AND released_at IS NULL)
            ORDER BY id
            """
        ) { $0.text(0) }
    }

    /// The number of coupons.
    public func count() throws -> Int64 {
        try transaction.first("SELECT count(*) FROM coupon") { $0.integer(0) } ?? 0
    }

    private static func coupon(_ row: Row) throws -> Coupon {
        let currency = Currency(stored: row.text(5))
        let benefit: CouponBenefit =
            if let millionths = row.integerOrNil(2) {
                .percent(try Percentage(millionths: millionths))
            } else if let minor = row.integerOrNil(3) {
                .amount(Money(minor: minor, currency: currency))
            } else {
                .item(sku: row.text(4))
            }
        var terms = CouponTerms(code: row.text(1), benefit: benefit, currency: currency)
        terms.minimum = row.integerOrNil(6).map { Money(minor: $0, currency: currency) }
        terms.startsAt = row.integerOrNil(7).map(Instant.init(seconds:))
        terms.endsAt = row.integerOrNil(8).map(Instant.init(seconds:))
        terms.limit = row.integerOrNil(9)
        terms.perCustomer = row.integerOrNil(10)
        terms.budget = row.integerOrNil(11).map { Money(minor: $0, currency: currency) }
        terms.channels = row.text(12).split(separator: " ").map(String.init)
        terms.customer = row.integerOrNil(13).map(CustomerID.init(rawValue:))
        terms.isFirstOrderOnly = row.flag(14)
        return Coupon(
            id: CouponID(rawValue: row.integer(0)), terms: terms, used: row.integer(15),
            spent: Money(minor: row.integer(16), currency: currency))
    }
}
