extension CustomerPart {
    static let orders = CustomerPart(
        name: "orders", columns: ["customer_order.customer_id"],
        count: "SELECT count(*) FROM customer_order WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'orders', id FROM customer_order WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE customer_order SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE customer_order SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'orders')
                """, .from, .into, .from)
        ],
        purge: [
            "DELETE FROM order_line WHERE order_id IN (SELECT id FROM customer_order WHERE customer_id = ?)",
            "DELETE FROM customer_order WHERE customer_id = ?",
        ],
        erase: [])

    /// The channels a customer bought through; each ends with the last order there.
    static let channels = CustomerPart(
        name: "channels", columns: ["customer_channel.customer_id"],
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'channels', channel FROM customer_channel WHERE customer_id = ?
                """, .from),
            MergeStatement(
                """
                INSERT INTO customer_channel (customer_id, channel)
                SELECT ?, channel FROM customer_channel WHERE customer_id = ? ON CONFLICT DO NOTHING
                """, .into, .from),
            MergeStatement("DELETE FROM customer_channel WHERE customer_id = ?", .from),
        ],
        unmerge: [
            MergeStatement(
                """
                INSERT INTO customer_channel (customer_id, channel)
                SELECT from_id, key FROM customer_merge_row WHERE from_id = ? AND part = 'channels' AND EXISTS (
                    SELECT 1 FROM customer_order o
                    WHERE o.customer_id = customer_merge_row.from_id AND o.channel = customer_merge_row.key)
                """, .from),
            MergeStatement(
                """
                DELETE FROM customer_channel WHERE customer_id = ? AND channel IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'channels')
                AND NOT EXISTS (
                    SELECT 1 FROM customer_order o
                    WHERE o.customer_id = customer_channel.customer_id AND o.channel = customer_channel.channel)
                """, .into, .from),
        ],
        purge: ["DELETE FROM customer_channel WHERE customer_id = ?"],
        erase: [])

    /// The currencies a customer has totals in; what they come to is counted anew from the orders.
    static let totals = CustomerPart(
        name: "totals", columns: ["customer_total.customer_id"],
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key, is_shared)
                SELECT customer_id, 'totals', currency, EXISTS (
                    SELECT 1 FROM customer_total other
                    WHERE other.customer_id = ? AND other.currency = customer_total.currency)
                FROM customer_total WHERE customer_id = ?
                """, .into, .from)
        ],
        unmerge: [
            MergeStatement(
                """
                DELETE FROM customer_total WHERE customer_id = ? AND currency IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'totals' AND is_shared = 0)
                AND NOT EXISTS (
                    SELECT 1 FROM customer_order o
                    WHERE o.customer_id = customer_total.customer_id AND o.currency = customer_total.currency)
                """, .into, .from)
        ],
        purge: ["DELETE FROM customer_total WHERE customer_id = ?"],
        erase: [])
}
