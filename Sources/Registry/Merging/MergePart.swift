extension CustomerPart {
    /// The records of merges, which go when one of the customers goes.
    static let merges = CustomerPart(
        name: "merges", columns: ["customer_merge.from_id", "customer_merge.into_id"],
        purge: [
            """
            DELETE FROM customer_merge_row
            WHERE from_id IN (SELECT from_id FROM customer_merge WHERE from_id = ?1 OR into_id = ?1)
            """,
            """
            DELETE FROM customer_merge_side
            WHERE from_id IN (SELECT from_id FROM customer_merge WHERE from_id = ?1 OR into_id = ?1)
            """,
            "DELETE FROM customer_merge WHERE from_id = ?1 OR into_id = ?1",
        ])

    /// The customers merged away before, who lead to the new survivor from now on.
    static let survivors = CustomerPart(
        name: "merged", columns: ["customer.merged_into"],
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT ?, 'merged', id FROM customer WHERE merged_into = ?
                """, .from, .from),
            MergeStatement("UPDATE customer SET merged_into = ? WHERE merged_into = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE customer SET merged_into = ? WHERE merged_into = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'merged')
                """, .from, .into, .from)
        ])
}
