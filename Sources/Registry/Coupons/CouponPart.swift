extension CustomerPart {
    /// Coupons bound to one customer.
    static let coupons = CustomerPart(
        name: "coupons", columns: ["coupon.customer_id"], count: "SELECT count(*) FROM coupon WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'coupons', id FROM coupon WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE coupon SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE coupon SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'coupons')
                """, .from, .into, .from)
        ],
        purge: [
            """
            UPDATE coupon SET archived_at = coalesce(archived_at, created_at), customer_id = NULL WHERE customer_id = ?
            """
        ],
        erase: [
            // A code may have been made of the name. Nobody can use the coupon any more, but its uses must stay.
            """
            UPDATE customer_order SET coupon = 'ERASED-' || (
                SELECT r.coupon_id FROM coupon_redemption r WHERE r.order_id = customer_order.id)
            WHERE id IN (
                SELECT r.order_id FROM coupon_redemption r JOIN coupon c ON c.id = r.coupon_id WHERE c.customer_id = ?)
            """,
            "UPDATE coupon SET code = 'ERASED-' || id, code_key = 'ERASED-' || id WHERE customer_id = ?",
        ])

    /// Redemptions follow their orders, so that the uses of both customers add up.
    static let redemptions = CustomerPart(
        name: "redemptions", columns: ["coupon_redemption.customer_id"],
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT ?, 'redemptions', coupon_redemption.id FROM customer_order
                JOIN coupon_redemption ON coupon_redemption.order_id = customer_order.id
                WHERE customer_order.customer_id = ? AND coupon_redemption.customer_id = ?
                """, .from, .from, .from),
            MergeStatement(
                """
                UPDATE coupon_redemption SET customer_id = ? WHERE id IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'redemptions')
                """, .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE coupon_redemption SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'redemptions')
                AND order_id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'orders')
                """, .from, .into, .from, .from)
        ],
        purge: [
            """
            DELETE FROM coupon_redemption
            WHERE order_id IN (SELECT id FROM customer_order WHERE customer_id = ? AND is_test = 1)
            """
        ],
        erase: [])

    /// What is held for orders being placed; a hold that nobody has any more ends by itself.
    static let holds = CustomerPart(
        name: "holds", columns: ["coupon_hold.customer_id"],
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'holds', id FROM coupon_hold WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE coupon_hold SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE coupon_hold SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'holds')
                """, .from, .into, .from)
        ],
        purge: ["UPDATE coupon_hold SET customer_id = NULL, order_id = NULL WHERE customer_id = ?"],
        erase: [])
}
