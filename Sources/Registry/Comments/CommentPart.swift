extension CustomerPart {
    static let comments = CustomerPart(
        name: "comments", columns: ["comment.customer_id"], count: "SELECT count(*) FROM comment WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'comments', id FROM comment WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE comment SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE comment SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'comments')
                """, .from, .into, .from)
        ],
        purge: [
            "DELETE FROM inbox_entry WHERE comment_id IN (SELECT id FROM comment WHERE customer_id = ?)",
            "DELETE FROM comment_mention WHERE comment_id IN (SELECT id FROM comment WHERE customer_id = ?)",
            "DELETE FROM comment_version WHERE comment_id IN (SELECT id FROM comment WHERE customer_id = ?)",
            "DELETE FROM comment WHERE customer_id = ?",
        ])

    /// Mentions of a customer in comments on others; they lead to the survivor.
    static let mentions = CustomerPart(
        name: "mentions", columns: [],
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'mentions', comment_id || ':' || version || ':' || start FROM comment_mention
                WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE comment_mention SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE comment_mention SET customer_id = ? WHERE customer_id = ?
                AND comment_id || ':' || version || ':' || start IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'mentions')
                """, .from, .into, .from)
        ],
        // The id may be given out again, and the mention must not lead to whoever gets it.
        purge: ["UPDATE comment_mention SET customer_id = -customer_id WHERE customer_id = ?"])
}
