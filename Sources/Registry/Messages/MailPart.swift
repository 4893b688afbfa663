extension CustomerPart {
    /// Mails to a customer, each to the address it was written to.
    static let mails = CustomerPart(
        name: "mails", columns: ["mail.customer_id"], count: "SELECT count(*) FROM mail WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'mails', id FROM mail WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE mail SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE mail SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'mails')
                """, .from, .into, .from)
        ],
        purge: ["DELETE FROM mail WHERE customer_id = ?"])
}
