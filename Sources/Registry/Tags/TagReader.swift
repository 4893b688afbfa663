public import Storage

/// Reads tags.
public struct TagReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The tag that equals `name` after folding, nil when there is none.
    public func tag(named name: String) throws -> TagID? {
        try transaction.first("SELECT id FROM tag WHERE name_key = ?", .text(Folding.folded(name))) {
            TagID(rawValue: $0.integer(0))
        }
    }

    /// - Throws: ``TagError/notFound``.
    public func tag(_ id: TagID) throws -> Tag {
        let found = try transaction.first(
            "SELECT id, name, customers FROM tag WHERE id = ?", .integer(id.rawValue), element: Self.tag)
        guard let found else { throw TagError.notFound }
        return found
    }

    /// Tags whose folded name starts with the folded `prefix`, by name, after `key`.
    ///
    /// `key` is the last name of the page before, folded; empty for the first page.
    public func tags(startingWith prefix: String, after key: String, limit: Int) throws -> [Tag] {
        let prefix = Folding.folded(prefix)
        return try transaction.all(
            """
            SELECT id, name, customers FROM tag WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?
            """,
            // The least text after a key is the key and a NUL.
            .text(key.isEmpty ? prefix : key + "\0"), .text(prefix + "\u{10FFFF}"), .integer(Int64(limit)),
            element: Self.tag)
    }

    private static func tag(_ row: Row) -> Tag {
        Tag(id: TagID(rawValue: row.integer(0)), name: row.text(1), customers: row.integer(2))
    }
}
