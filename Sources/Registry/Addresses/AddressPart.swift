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
            MergeStatement(
                """
                UPDATE customer_merge_row SET detail = json_insert(detail, '$[4]', address.title_key)
                FROM address
                WHERE customer_merge_row.from_id = ? AND part = 'addresses' AND is_shared = 0 AND address.id = key
                """, .from),
        ],
        unmerge: [
            // What has become equal to one that was left where it was stays with the survivor.
            MergeStatement(
                """
                UPDATE customer_merge_row SET is_shared = 1
                WHERE from_id = ? AND part = 'addresses' AND is_shared = 0 AND EXISTS (
                    SELECT 1 FROM address a JOIN address own ON own.content_digest = a.content_digest
                    WHERE a.id = customer_merge_row.key AND own.customer_id = customer_merge_row.from_id)
                """, .from),
            // A title given since stays where none of those that come back, or are there, has it.
            MergeStatement(
                """
                UPDATE customer_merge_row
                SET detail = json_set(detail, '$[0]', address.title, '$[1]', address.title_key)
                FROM address
                WHERE customer_merge_row.from_id = ?1 AND part = 'addresses' AND is_shared = 0 AND address.id = key
                AND address.title_key <> json_extract(detail, '$[4]')
                AND NOT EXISTS (
                    SELECT 1 FROM customer_merge_row other
                    WHERE other.from_id = ?1 AND other.part = 'addresses'
                    AND json_extract(other.detail, '$[1]') = address.title_key)
                """, .from),
            MergeStatement(
                """
                UPDATE address SET customer_id = noted.from_id, title = json_extract(noted.detail, '$[0]'),
                    title_key = json_extract(noted.detail, '$[1]'),
                    is_shipping = json_extract(noted.detail, '$[2]'), is_billing = json_extract(noted.detail, '$[3]')
                FROM customer_merge_row AS noted
                WHERE address.customer_id = ? AND noted.from_id = ? AND noted.part = 'addresses'
                AND noted.is_shared = 0 AND noted.key = address.id
                """, .into, .from),
        ],
        purge: ["DELETE FROM address WHERE customer_id = ?"])
}
