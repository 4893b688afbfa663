extension CustomerPart {
    /// What the channels call a customer.
    static let externalIDs = CustomerPart(
        name: "external_ids", columns: ["customer_ext.customer_id"],
        count: "SELECT count(*) FROM customer_ext WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'external_ids', channel || ' ' || ext FROM customer_ext WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE customer_ext SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE customer_ext SET customer_id = ? WHERE customer_id = ? AND channel || ' ' || ext IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'external_ids')
                """, .from, .into, .from)
        ],
        purge: ["DELETE FROM customer_ext WHERE customer_id = ?"])
}
