public import Storage

/// Reads coupons and judges whether they may be used.
public struct CouponReader {
    let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// A coupon as it is kept; uses that are held count until they are freed, also behind their time.
    ///
    /// - Throws: ``CouponError/notFound``.
    public func coupon(_ code: String) throws -> Coupon {
        let found = try transaction.first(
            """
            SELECT id, code, percent_millionths, amount_minor, item_sku, currency, minimum_minor, starts_at, ends_at,
                use_limit, customer_limit, budget_minor, channels, customer_id, first_order, used, spent_minor, held,
                held_minor, archived_at, campaign, product_count, is_grouped
            FROM coupon WHERE code_key = ?
            """, .text(CouponTerms.key(of: code)), element: coupon)
        guard let found else { throw CouponError.notFound }
        return found
    }

    /// - Throws: ``CouponError/notFound``.
    func coupon(_ id: CouponID) throws -> Coupon {
        let found = try transaction.first(
            """
            SELECT id, code, percent_millionths, amount_minor, item_sku, currency, minimum_minor, starts_at, ends_at,
                use_limit, customer_limit, budget_minor, channels, customer_id, first_order, used, spent_minor, held,
                held_minor, archived_at, campaign, product_count, is_grouped
            FROM coupon WHERE id = ?
            """, .integer(id.rawValue), element: coupon)
        guard let found else { throw CouponError.notFound }
        return found
    }

    /// A coupon as it is at a time: what was held until then is free.
    ///
    /// - Throws: ``CouponError/notFound``.
    public func coupon(_ code: String, at now: Instant) throws -> Coupon {
        try current(try coupon(code), at: now)
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

    /// Whether a customer is in one of a coupon's groups.
    func isInGroup(_ customer: CustomerID, of coupon: CouponID) throws -> Bool {
        try transaction.exists(
            """
            SELECT 1 FROM coupon_group c JOIN customer_group m ON m.group_id = c.group_id
            WHERE c.coupon_id = ? AND m.customer_id = ?
            """, .integer(coupon.rawValue), .integer(customer.rawValue))
    }

    /// Whether anybody has ever redeemed a coupon, given back or not.
    func wasUsed(_ coupon: CouponID) throws -> Bool {
        try transaction.exists("SELECT 1 FROM coupon_redemption WHERE coupon_id = ?", .integer(coupon.rawValue))
    }

    /// Coupons whose counters differ from their ledger or their holds, by code; none when all is well.
    public func mismatches() throws -> [String] {
        try transaction.all(
            """
            SELECT code FROM coupon
            WHERE used <> (SELECT count(*) FROM coupon_redemption WHERE coupon_id = coupon.id AND released_at IS NULL)
            OR spent_minor <> (SELECT coalesce(sum(amount_minor), 0) FROM coupon_redemption
                WHERE coupon_id = coupon.id AND released_at IS NULL)
            OR held <> (SELECT count(*) FROM coupon_hold WHERE coupon_id = coupon.id AND ended_at IS NULL)
            OR held_minor <> (SELECT coalesce(sum(amount_minor), 0) FROM coupon_hold
                WHERE coupon_id = coupon.id AND ended_at IS NULL)
            OR product_count <> (SELECT count(*) FROM coupon_product WHERE coupon_id = coupon.id)
            ORDER BY id
            """
        ) { $0.text(0) }
    }

    /// The number of coupons.
    public func count() throws -> Int64 {
        try transaction.first("SELECT count(*) FROM coupon") { $0.integer(0) } ?? 0
    }

    private func coupon(_ row: Row) throws -> Coupon {
        let id = CouponID(rawValue: row.integer(0))
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
        terms.campaign = row.textOrNil(20)
        if row.integer(21) > 0 { terms.products = try products(of: id) }
        let groups = row.flag(22) ? try groups(of: id) : nil
        terms.groups = groups?.map(\.id)
        return Coupon(
            id: id, terms: terms, used: row.integer(15), spent: Money(minor: row.integer(16), currency: currency),
            held: row.integer(17), heldMoney: Money(minor: row.integer(18), currency: currency),
            groupNames: groups?.map(\.name) ?? [], archivedAt: row.integerOrNil(19).map(Instant.init(seconds:)))
    }

    private func groups(of coupon: CouponID) throws -> [(id: GroupID, name: String)] {
        try transaction.all(
            """
            SELECT g.id, g.name FROM coupon_group c JOIN shop_group g ON g.id = c.group_id
            WHERE c.coupon_id = ? ORDER BY g.name_key
            """, .integer(coupon.rawValue)
        ) { (id: GroupID(rawValue: $0.integer(0)), name: $0.text(1)) }
    }

    private func products(of coupon: CouponID) throws -> [String] {
        try transaction.all(
            "SELECT sku FROM coupon_product WHERE coupon_id = ? ORDER BY position", .integer(coupon.rawValue)
        ) { $0.text(0) }
    }
}
