public import Storage
internal import StrictJSON

/// Reads who looked into the shop.
public struct AuditReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// Entries with an id below `id`, newest first, perhaps of one role.
    ///
    /// - Throws: `StorageError`.
    public func entries(role: String?, before id: Int64, limit: Int) throws -> [AuditEntry] {
        try transaction.all(
            """
            SELECT id, at, last_at, role, actor, verb, about, count FROM audit
            WHERE id < ? AND (? IS NULL OR role = ?) ORDER BY id DESC LIMIT ?
            """, .integer(id), .text(orNull: role), .text(orNull: role), .integer(Int64(limit))
        ) { row in
            AuditEntry(
                id: row.integer(0), at: Instant(seconds: row.integer(1)), lastAt: Instant(seconds: row.integer(2)),
                role: row.text(3), actor: row.text(4), verb: row.text(5),
                about: try JSON(parsing: Array(row.text(6).utf8)), count: row.integer(7))
        }
    }
}
