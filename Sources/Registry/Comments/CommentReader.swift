public import Storage

/// Reads the comments of staff.
public struct CommentReader {
    private let transaction: ReadTransaction
    private let mentions: MentionReader

    /// `products` resolves mentions of products through the channels that own them.
    public init(_ transaction: ReadTransaction, products: @escaping ProductNames) {
        self.transaction = transaction
        mentions = MentionReader(transaction, products)
    }

    /// - Throws: ``CommentError/notFound``.
    public func comment(_ id: CommentID) throws -> Comment {
        let found = try transaction.first(
            """
            SELECT c.id, c.customer_id, c.author, c.at, c.version, v.at, v.source
            FROM comment c JOIN comment_version v ON v.comment_id = c.id AND v.version = c.version WHERE c.id = ?
            """, .integer(id.rawValue), element: comment)
        guard let found else { throw CommentError.notFound }
        return found
    }

    /// A customer's comments with an id below `id`, newest first.
    public func comments(of customer: CustomerID, before id: Int64, limit: Int) throws -> [Comment] {
        try transaction.all(
            """
            SELECT c.id, c.customer_id, c.author, c.at, c.version, v.at, v.source
            FROM comment c JOIN comment_version v ON v.comment_id = c.id AND v.version = c.version
            WHERE c.customer_id = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?
            """, .integer(customer.rawValue), .integer(id), .integer(Int64(limit)), element: comment)
    }

    /// All versions of a comment after `version`, oldest first; the last is the one that is shown.
    ///
    /// - Throws: ``CommentError/notFound``.
    public func history(of id: CommentID, after version: Int64, limit: Int) throws -> [CommentVersion] {
        _ = try comment(id)
        return try transaction.all(
            """
            SELECT version, at, source FROM comment_version WHERE comment_id = ? AND version > ?
            ORDER BY version LIMIT ?
            """, .integer(id.rawValue), .integer(version), .integer(Int64(limit))
        ) { row in
            let version = row.integer(0)
            return CommentVersion(
                version: version, at: Instant(seconds: row.integer(1)),
                body: try mentions.body(of: text(row.text(2), of: id, version)))
        }
    }

    private func comment(_ row: Row) throws -> Comment {
        let id = CommentID(rawValue: row.integer(0))
        let version = row.integer(4)
        return Comment(
            id: id, customer: CustomerID(rawValue: row.integer(1)), author: row.text(2),
            at: Instant(seconds: row.integer(3)), editedAt: version > 1 ? Instant(seconds: row.integer(5)) : nil,
            version: version, body: try mentions.body(of: text(row.text(6), of: id, version)))
    }

    private func text(_ source: String, of id: CommentID, _ version: Int64) throws -> MentionedText {
        let places = try transaction.all(
            """
            SELECT start, length, staff_id, customer_id, channel, sku FROM comment_mention
            WHERE comment_id = ? AND version = ? ORDER BY start
            """, .integer(id.rawValue), .integer(version)
        ) { row in
            MentionedText.Place(start: Int(row.integer(0)), length: Int(row.integer(1)), target: Self.target(row))
        }
        return MentionedText(source: source, places: places)
    }

    private static func target(_ row: Row) -> MentionTarget {
        if let staff = row.integerOrNil(2) { return .staff(StaffID(rawValue: staff)) }
        if let customer = row.integerOrNil(3) { return .customer(CustomerID(rawValue: customer)) }
        return .product(channel: row.text(4), sku: row.text(5))
    }
}
