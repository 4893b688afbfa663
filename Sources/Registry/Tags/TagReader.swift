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

    /// Tags whose folded name starts with the folded `prefix`, by name, after `key`.
    ///
    /// `key` is the last name of the page before, folded; empty for the first page.
    public func tags(startingWith prefix: String, after key: String, limit: Int) throws -> [Tag] {
        let prefix = Folding.folded(prefix)
        return try transaction.all(
            """
            SELECT id, name, (SELECT count(*) FROM customer_tag WHERE tag_id = tag.id) FROM tag
            WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?
            """,
            // The least text after a key is the key and a NUL.
            .text(key.isEmpty ? prefix : key + "\0"), .text(prefix + "\u{10FFFF}"), .integer(Int64(limit))
        ) { Tag(id: TagID(rawValue: $0.integer(0)), name: $0.text(1), customers: $0.integer(2)) }
    }
}
