public import Storage

/// Reads who works in a shop.
public struct StaffReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// A member, also one who left.
    ///
    /// - Throws: ``StaffError/notFound``.
    public func member(_ id: StaffID) throws -> StaffMember {
        guard let found = try find(id) else { throw StaffError.notFound }
        return found
    }

    /// A member by name, in any case, also one who left.
    ///
    /// - Throws: ``StaffError/notFound``.
    public func member(named name: String) throws -> StaffMember {
        guard let found = try find(name) else { throw StaffError.notFound }
        return found
    }

    /// A member by name, in any case; nil for a name that is nobody's.
    ///
    /// - Throws: ``StaffError/notFound`` for a member who left.
    public func presentMember(named name: String) throws -> StaffMember? {
        guard let found = try find(name) else { return nil }
        guard found.removedAt == nil else { throw StaffError.notFound }
        return found
    }

    /// Whether a name is that of a member, also of one who left.
    public func isMember(_ name: String) throws -> Bool { try find(name) != nil }

    /// Members in the order they were added, after `id`; with `isWhole` also those who left.
    public func members(after id: Int64, isWhole: Bool, limit: Int) throws -> [StaffMember] {
        try transaction.all(
            """
            SELECT id, name, display, email, email_key, added_at, removed_at FROM staff
            WHERE id > ? AND (removed_at IS NULL OR ?) ORDER BY id LIMIT ?
            """, .integer(id), .flag(isWhole), .integer(Int64(limit)), element: Self.member)
    }

    /// The member who acts, nil when that is nobody the shop has added, or who has left.
    public func member(acting actor: Actor) throws -> StaffMember? {
        guard let name = actor.staffName, let found = try find(name), found.removedAt == nil else { return nil }
        return found
    }

    func find(_ id: StaffID) throws -> StaffMember? {
        try transaction.first(
            "SELECT id, name, display, email, email_key, added_at, removed_at FROM staff WHERE id = ?",
            .integer(id.rawValue), element: Self.member)
    }

    func find(_ name: String) throws -> StaffMember? {
        try transaction.first(
            "SELECT id, name, display, email, email_key, added_at, removed_at FROM staff WHERE name_key = ?",
            .text(Folding.folded(name)), element: Self.member)
    }

    private static func member(_ row: Row) -> StaffMember {
        StaffMember(
            id: StaffID(rawValue: row.integer(0)), name: row.text(1), display: row.text(2),
            email: row.textOrNil(3).map { EmailAddress(storedSpelling: $0, key: row.text(4)) },
            addedAt: Instant(seconds: row.integer(5)), removedAt: row.integerOrNil(6).map(Instant.init(seconds:)))
    }
}
