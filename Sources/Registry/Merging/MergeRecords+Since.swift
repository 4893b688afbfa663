internal import Storage

/// What has been done since a merge, as far as taking it back must know.
extension MergeRecords {
    /// What a survivor no longer has is not to be taken away: who has it again has it anew.
    func settle(_ key: Int64, of part: CustomerPart, for survivor: CustomerID) throws {
        try transaction.execute(
            """
            UPDATE customer_merge_row SET is_shared = 1 WHERE part = ? AND key = ?
            AND from_id IN (SELECT from_id FROM customer_merge WHERE into_id = ?)
            """, .text(part.name), .integer(key), .integer(survivor.rawValue))
    }

    /// What has gone from a survivor to somebody else goes back to nobody who was merged into it.
    func leave(_ key: Int64, of part: CustomerPart, from survivor: CustomerID) throws {
        try transaction.execute(
            """
            WITH RECURSIVE merged (id) AS (
                SELECT from_id FROM customer_merge WHERE into_id = ?
                UNION SELECT m.from_id FROM customer_merge m JOIN merged ON m.into_id = merged.id
            )
            DELETE FROM customer_merge_row WHERE from_id IN (SELECT id FROM merged) AND part = ? AND key = ?
            """, .integer(survivor.rawValue), .text(part.name), .integer(key))
    }
}
