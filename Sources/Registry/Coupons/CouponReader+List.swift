internal import Storage

/// Where a list of coupons goes on: behind this one.
public struct CouponCursor: Sendable, Equatable {
    /// What codes are compared by, in a list by code; else empty.
    public let key: String
    public let id: Int64

    public init(key: String, id: Int64) {
        self.key = key
        self.id = id
    }
}

extension CouponReader {
    /// Coupons behind a cursor: in the order they were made, or by code where the filter has a prefix.
    ///
    /// What is held is what is held at `now`.
    public func coupons(
        _ filter: CouponFilter, after cursor: CouponCursor?, limit: Int, at now: Instant
    ) throws -> [Coupon] {
        let ids =
            try filter.prefix.map { try matching(filter, prefix: $0, cursor, limit) } ?? inOrder(filter, cursor, limit)
        return try ids.map { try current(try coupon($0), at: now) }
    }

    /// Where the list goes on behind a coupon.
    public static func cursor(behind coupon: Coupon, in filter: CouponFilter) -> CouponCursor {
        CouponCursor(
            key: filter.prefix == nil ? "" : CouponTerms.key(of: coupon.terms.code), id: coupon.id.rawValue)
    }

    private func inOrder(_ filter: CouponFilter, _ cursor: CouponCursor?, _ limit: Int) throws -> [CouponID] {
        let id = Value.integer(cursor?.id ?? 0)
        let limit = Value.integer(Int64(limit))
        let archived = Value.flag(filter.isArchived)
        if let customer = filter.customer {
            let campaign = Value.text(orNull: filter.campaign)
            return try transaction.all(
                """
                SELECT id FROM coupon
                WHERE customer_id = ? AND id > ? AND (archived_at IS NOT NULL) = ? AND (? IS NULL OR campaign = ?)
                ORDER BY id LIMIT ?
                """, .integer(customer.rawValue), id, archived, campaign, campaign, limit, element: Self.id)
        }
        if let campaign = filter.campaign {
            return try transaction.all(
                """
                SELECT id FROM coupon WHERE campaign = ? AND id > ? AND (archived_at IS NOT NULL) = ?
                ORDER BY id LIMIT ?
                """, .text(campaign), id, archived, limit, element: Self.id)
        }
        guard filter.isArchived else {
            return try transaction.all(
                "SELECT id FROM coupon WHERE id > ? AND archived_at IS NULL ORDER BY id LIMIT ?", id, limit,
                element: Self.id)
        }
        return try transaction.all(
            "SELECT id FROM coupon WHERE id > ? AND archived_at IS NOT NULL ORDER BY id LIMIT ?", id, limit,
            element: Self.id)
    }

    private func matching(
        _ filter: CouponFilter, prefix: String, _ cursor: CouponCursor?, _ limit: Int
    ) throws -> [CouponID] {
        let prefix = CouponTerms.key(of: prefix)
        let customer = Value.integer(orNull: filter.customer?.rawValue)
        let campaign = Value.text(orNull: filter.campaign)
        return try transaction.all(
            """
            SELECT id FROM coupon
            WHERE code_key >= ? AND code_key < ? AND code_key > ? AND (archived_at IS NOT NULL) = ?
                AND (? IS NULL OR customer_id = ?) AND (? IS NULL OR campaign = ?)
            ORDER BY code_key LIMIT ?
            """, .text(prefix), .text(prefix + "\u{10FFFF}"), .text(cursor?.key ?? ""), .flag(filter.isArchived),
            customer, customer, campaign, campaign, .integer(Int64(limit)), element: Self.id)
    }

    private static func id(_ row: Row) -> CouponID { CouponID(rawValue: row.integer(0)) }
}
