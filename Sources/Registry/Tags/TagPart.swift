extension CustomerPart {
    static let tags = CustomerPart(
        name: "tags", columns: ["customer_tag.customer_id"],
        count: "SELECT count(*) FROM customer_tag WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key, is_shared)
                SELECT customer_id, 'tags', tag_id, EXISTS (
                    SELECT 1 FROM customer_tag other WHERE other.customer_id = ? AND other.tag_id = customer_tag.tag_id)
                FROM customer_tag WHERE customer_id = ?
                """, .into, .from),
            MergeStatement(
                """
                INSERT INTO customer_tag (customer_id, tag_id)
                SELECT ?, tag_id FROM customer_tag WHERE customer_id = ? ON CONFLICT DO NOTHING
                """, .into, .from),
            MergeStatement("DELETE FROM customer_tag WHERE customer_id = ?", .from),
        ],
        unmerge: [
            MergeStatement(
                """
                INSERT INTO customer_tag (customer_id, tag_id)
                SELECT from_id, key FROM customer_merge_row
                WHERE from_id = ? AND part = 'tags' AND EXISTS (SELECT 1 FROM tag WHERE id = key)
                ON CONFLICT DO NOTHING
                """, .from),
            MergeStatement(
                """
                DELETE FROM customer_tag WHERE customer_id = ? AND tag_id IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'tags' AND is_shared = 0)
                """, .into, .from),
        ],
        purge: ["DELETE FROM customer_tag WHERE customer_id = ?"])
}
