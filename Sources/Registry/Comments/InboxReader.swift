public import Storage

/// The comments that mention a member of staff.
public struct InboxReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``CommentError/noEntry``.
    public func entry(_ id: Int64) throws -> InboxEntry {
        let found = try transaction.first(
            "SELECT id, staff_id, comment_id, at, read_at FROM inbox_entry WHERE id = ?", .integer(id),
            element: Self.entry)
        guard let found else { throw CommentError.noEntry }
        return found
    }

    /// A member's entries with an id below `id`, newest first.
    public func entries(of staff: StaffID, before id: Int64, isUnreadOnly: Bool, limit: Int) throws -> [InboxEntry] {
        if isUnreadOnly {
            return try transaction.all(
                """
                SELECT id, staff_id, comment_id, at, read_at FROM inbox_entry
                WHERE staff_id = ? AND id < ? AND read_at IS NULL ORDER BY id DESC LIMIT ?
                """, .integer(staff.rawValue), .integer(id), .integer(Int64(limit)), element: Self.entry)
        }
        return try transaction.all(
            """
            SELECT id, staff_id, comment_id, at, read_at FROM inbox_entry
            WHERE staff_id = ? AND id < ? ORDER BY id DESC LIMIT ?
            """, .integer(staff.rawValue), .integer(id), .integer(Int64(limit)), element: Self.entry)
    }

    private static func entry(_ row: Row) -> InboxEntry {
        InboxEntry(
            id: row.integer(0), staff: StaffID(rawValue: row.integer(1)), comment: CommentID(rawValue: row.integer(2)),
            at: Instant(seconds: row.integer(3)), readAt: row.integerOrNil(4).map(Instant.init(seconds:)))
    }
}
