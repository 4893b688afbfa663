extension CustomerPart {
    /// Conversations; what was said in one after a merge goes back with it.
    static let threads = CustomerPart(
        name: "threads", columns: ["thread.customer_id", "message.customer_id"],
        count: "SELECT count(*) FROM thread WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'threads', id FROM thread WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE thread SET customer_id = ? WHERE customer_id = ?", .into, .from),
            MergeStatement("UPDATE message SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE message SET customer_id = ? WHERE customer_id = ?
                AND thread_id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'threads')
                """, .from, .into, .from),
            MergeStatement(
                """
                UPDATE thread SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'threads')
                """, .from, .into, .from),
        ],
        purge: ["DELETE FROM message WHERE customer_id = ?", "DELETE FROM thread WHERE customer_id = ?"])
}
