extension CustomerPart {
    /// Address books; an address that both have stays with whom it was, and no title or default is there twice.
    static let addresses = CustomerPart(
        name: "addresses", columns: ["address.customer_id"],
        count: "SELECT count(*) FROM address WHERE customer_id = ?",
        merge: [
            MergeStatement(
                """
                INSERT INTO customer_merge_row (from_id, part, key, is_shared, detail)
                SELECT customer_id, 'addresses', id, EXISTS (
                    SELECT 1 FROM address own
                    WHERE own.customer_id = ? AND own.content_digest = address.content_digest
                ), json_array(title, title_key, is_shipping, is_billing)
                FROM address WHERE customer_id = ?
                """, .into, .from),
            MergeStatement(
                """
                UPDATE address SET title = title || ' ' || id, title_key = title_key || ' ' || id
                WHERE customer_id = ? AND id IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'addresses' AND is_shared = 0)
                AND EXISTS (
                    SELECT 1 FROM address own WHERE own.customer_id = ? AND own.title_key = address.title_key)
                """, .from, .from, .into),
            MergeStatement(
                """
                UPDATE address SET is_shipping = 0 WHERE customer_id = ?
                AND EXISTS (SELECT 1 FROM address own WHERE own.customer_id = ? AND own.is_shipping = 1)
                AND id IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'addresses' AND is_shared = 0)
                """, .from, .into, .from),
            MergeStatement(
                """
                UPDATE address SET is_billing = 0 WHERE customer_id = ?
                AND EXISTS (SELECT 1 FROM address own WHERE own.customer_id = ? AND own.is_billing = 1)
                AND id IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'addresses' AND is_shared = 0)
                """, .from, .into, .from),
            MergeStatement(
                """
                UPDATE address SET customer_id = ? WHERE id IN (
                    SELECT key FROM customer_merge_row WHERE from_id = ? AND part = 'addresses' AND is_shared = 0)
                """, .into, .from),
        ],
        unmerge: [
            MergeStatement(
                """
                UPDATE address SET customer_id = noted.from_id, title = json_extract(noted.detail, '$[0]'),
                    title_key = json_extract(noted.detail, '$[1]'),
                    is_shipping = json_extract(noted.detail, '$[2]'), is_billing = json_extract(noted.detail, '$[3]')
                FROM customer_merge_row AS noted
                WHERE address.customer_id = ? AND noted.from_id = ? AND noted.part = 'addresses'
                AND noted.is_shared = 0 AND noted.key = address.id
                """, .into, .from)
        ],
        purge: ["DELETE FROM address WHERE customer_id = ?"])
}
