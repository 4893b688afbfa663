extension CustomerPart {
    /// Where groups are exclusive, a survivor who is in one stays in it alone.
    static let groups = CustomerPart(
        name: "groups", columns: ["customer_group.customer_id"],
        count: "SELECT count(*) FROM customer_group WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key, is_shared)
                SELECT customer_id, 'groups', group_id, EXISTS (
                    SELECT 1 FROM customer_group own WHERE own.customer_id = ?
                    AND (? OR own.group_id = customer_group.group_id))
                FROM customer_group WHERE customer_id = ?
                """, .into, .policy { $0.groupsAreExclusive }, .from),
            MergeStatement(
                """
                INSERT INTO customer_group (customer_id, group_id)
                SELECT ?, key FROM customer_merge_row WHERE from_id = ? AND part = 'groups' AND is_shared = 0
                """, .into, .from),
            MergeStatement("DELETE FROM customer_group WHERE customer_id = ?", .from),
        ],
        unmerge: [
            MergeStatement(
                """
                INSERT INTO customer_group (customer_id, group_id)
                SELECT from_id, key FROM customer_merge_row
                WHERE from_id = ? AND part = 'groups' AND EXISTS (SELECT 1 FROM shop_group WHERE id = key)
                """, .from),
            MergeStatement(
                """
                DELETE FROM customer_group WHERE customer_id = ? AND group_id IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'groups' AND is_shared = 0)
                """, .into, .from),
        ],
        purge: ["DELETE FROM customer_group WHERE customer_id = ?"])
}
