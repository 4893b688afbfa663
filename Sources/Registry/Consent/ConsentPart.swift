extension CustomerPart {
    /// Where customers stand; of two merged customers ``ConsentMerge`` decides.
    static let consent = CustomerPart(
        name: "consent", columns: ["consent.customer_id"], count: "SELECT count(*) FROM consent WHERE customer_id = ?",
        purge: ["DELETE FROM consent WHERE customer_id = ?"],
        erase: [])

    /// What customers said; a survivor's evidence is that of both.
    static let evidence = CustomerPart(
        name: "evidence", columns: ["consent_evidence.customer_id"],
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key)
                SELECT customer_id, 'evidence', id FROM consent_evidence WHERE customer_id = ?
                """, .from),
            MergeStatement("UPDATE consent_evidence SET customer_id = ? WHERE customer_id = ?", .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE consent_evidence SET customer_id = ? WHERE customer_id = ?
                AND id IN (SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'evidence')
                """, .from, .into, .from)
        ],
        purge: ["DELETE FROM consent_evidence WHERE customer_id = ?"],
        erase: ["UPDATE consent_evidence SET source_ip = NULL, note = NULL WHERE customer_id = ?"])
}
