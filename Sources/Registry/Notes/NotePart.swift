extension CustomerPart {
    static let notes = CustomerPart(
        name: "notes", columns: ["note.customer_id"], count: "SELECT count(*) FROM note WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'notes', id FROM note WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE note SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE note SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'notes')
                """, .from, .into, .from)
        ],
        purge: ["DELETE FROM note WHERE customer_id = ?"])
}
