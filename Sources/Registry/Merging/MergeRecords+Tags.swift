internal import Storage

/// Merges of customers, when one tag takes the place of another.
extension MergeRecords {
    /// Lets whoever is to get `lost` back get `kept` instead, wherever a merge has noted either.
    ///
    /// Called before the tag is replaced on customers.
    func replaceTag(_ lost: TagID, by kept: TagID) throws {
        let survivors = try transaction.reading.all(
            """
            SELECT DISTINCT m.into_id FROM customer_merge_row noted JOIN customer_merge m ON m.from_id = noted.from_id
            WHERE noted.part = 'tags' AND noted.key IN (?, ?)
            """, .integer(lost.rawValue), .integer(kept.rawValue), element: CustomerReader.id)
        try replaceTag(lost, by: kept, on: survivors)
    }

    /// Does so for those merged into one customer, and into those in turn.
    func replaceTag(_ lost: TagID, by kept: TagID, on customer: CustomerID) throws {
        let survivors = try transaction.reading.all(
            """
            WITH RECURSIVE merged (id) AS (
                SELECT ? UNION SELECT m.from_id FROM customer_merge m JOIN merged ON m.into_id = merged.id
            )
            SELECT DISTINCT m.into_id FROM merged JOIN customer_merge m ON m.into_id = merged.id
            """, .integer(customer.rawValue), element: CustomerReader.id)
        try replaceTag(lost, by: kept, on: survivors)
    }

    /// What was a survivor's own must be known of all before anything is written.
    private func replaceTag(_ lost: TagID, by kept: TagID, on survivors: [CustomerID]) throws {
        let owners = try survivors.map { try isOwn(lost, of: $0) || isOwn(kept, of: $0) }
        for (survivor, isOwn) in zip(survivors, owners) { try replaceTag(lost, by: kept, on: survivor, isOwn: isOwn) }
    }

    private func replaceTag(_ lost: TagID, by kept: TagID, on survivor: CustomerID, isOwn: Bool) throws {
        let (old, new, into) = (
            Value.integer(lost.rawValue), Value.integer(kept.rawValue), Value.integer(survivor.rawValue)
        )
        try transaction.execute(
            """
            UPDATE customer_merge_row SET is_shared = CASE WHEN ?1 THEN 1 ELSE min(is_shared, coalesce((
                SELECT other.is_shared FROM customer_merge_row other
                WHERE other.from_id = customer_merge_row.from_id AND other.part = 'tags' AND other.key = ?2), 1)) END
            WHERE part = 'tags' AND key = ?3 AND from_id IN (SELECT from_id FROM customer_merge WHERE into_id = ?4)
            """, .flag(isOwn), old, new, into)
        try transaction.execute(
            """
            UPDATE OR IGNORE customer_merge_row SET key = ?2, is_shared = max(is_shared, ?1)
            WHERE part = 'tags' AND key = ?3 AND from_id IN (SELECT from_id FROM customer_merge WHERE into_id = ?4)
            """, .flag(isOwn), new, old, into)
        try transaction.execute(
            """
            DELETE FROM customer_merge_row WHERE part = 'tags' AND key = ?
            AND from_id IN (SELECT from_id FROM customer_merge WHERE into_id = ?)
            """, old, into)
    }

    /// Whether a survivor has, or is to get back, a tag that nobody merged into it has brought.
    private func isOwn(_ tag: TagID, of survivor: CustomerID) throws -> Bool {
        try transaction.reading.exists(
            """
            SELECT 1 WHERE (
                EXISTS (SELECT 1 FROM customer_tag WHERE customer_id = ?1 AND tag_id = ?2)
                OR EXISTS (SELECT 1 FROM customer_merge_row WHERE from_id = ?1 AND part = 'tags' AND key = ?2)
            ) AND NOT EXISTS (
                SELECT 1 FROM customer_merge m JOIN customer_merge_row noted ON noted.from_id = m.from_id
                WHERE m.into_id = ?1 AND noted.part = 'tags' AND noted.key = ?2 AND noted.is_shared = 0)
            """, .integer(survivor.rawValue), .integer(tag.rawValue))
    }
}
