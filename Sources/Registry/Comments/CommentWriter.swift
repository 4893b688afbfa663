public import Storage
internal import StrictJSON

/// Writes the comments of staff.
public struct CommentWriter {
    /// How long a comment may be changed, in seconds.
    public static let editableSeconds: Int64 = 300

    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let mentions: MentionReader
    private let reader: CommentReader

    /// `products` resolves mentions of products through the channels that own them.
    public init(_ transaction: WriteTransaction, _ occasion: Occasion, products: @escaping ProductNames) {
        self.transaction = transaction
        self.occasion = occasion
        mentions = MentionReader(transaction.reading, products)
        reader = CommentReader(transaction.reading, products: products)
    }

    /// Adds a comment and tells the staff it mentions.
    ///
    /// - Throws: ``CommentError/blank``, ``CustomerError/notFound``, ``CustomerError/erased``.
    public func add(_ text: String, to customer: CustomerID) throws -> Comment {
        guard try CustomerReader(transaction.reading).status(of: customer) != .erased else {
            throw CustomerError.erased
        }
        let read = try readable(text)
        let id = CommentID(
            rawValue: try transaction.insert(
                "INSERT INTO comment (id, customer_id, author, at, version) VALUES (?, ?, ?, ?, 1)",
                .integer(try Numbering.comment.next(in: transaction)), .integer(customer.rawValue),
                .text(occasion.actor.description), .integer(occasion.at.seconds)))
        try keep(read, as: 1, of: id)
        try tell(.commentAdded, id, of: customer)
        return try reader.comment(id)
    }

    /// Gives a comment another text; the earlier one is kept, and who is mentioned anew is told.
    ///
    /// - Throws: ``CommentError/notFound``, ``CommentError/notYours``, ``CommentError/tooLate``, ``CommentError/blank``.
    public func edit(_ id: CommentID, to text: String) throws -> Comment {
        let comment = try reader.comment(id)
        guard comment.author == occasion.actor.description else { throw CommentError.notYours }
        guard occasion.at.seconds - comment.at.seconds <= Self.editableSeconds else { throw CommentError.tooLate }
        let read = try readable(text)
        guard read.source != comment.body.source else { return comment }
        try keep(read, as: comment.version + 1, of: id)
        try transaction.execute(
            "UPDATE comment SET version = ? WHERE id = ?", .integer(comment.version + 1), .integer(id.rawValue))
        try tell(.commentEdited, id, of: comment.customer)
        return try reader.comment(id)
    }

    private func readable(_ text: String) throws -> MentionedText {
        guard !text.allSatisfy(\.isWhitespace) else { throw CommentError.blank }
        return try MentionedText(text) { try mentions.target(of: $0) }
    }

    private func keep(_ text: MentionedText, as version: Int64, of id: CommentID) throws {
        try transaction.execute(
            "INSERT INTO comment_version (comment_id, version, at, source) VALUES (?, ?, ?, ?)",
            .integer(id.rawValue), .integer(version), .integer(occasion.at.seconds), .text(text.source))
        for place in text.places {
            var (staff, customer): (Int64?, Int64?)
            var product: (channel: String, sku: String)?
            switch place.target {
            case .staff(let member): staff = member.rawValue
            case .customer(let other): customer = other.rawValue
            case .product(let channel, let sku): product = (channel, sku)
            }
            try transaction.execute(
                """
                INSERT INTO comment_mention (comment_id, version, start, length, staff_id, customer_id, channel, sku)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(id.rawValue), .integer(version), .integer(Int64(place.start)), .integer(Int64(place.length)),
                .integer(orNull: staff), .integer(orNull: customer), .text(orNull: product?.channel),
                .text(orNull: product?.sku))
            if let staff { try notify(staff, of: id) }
        }
    }

    /// Once for each comment, however often it mentions the member.
    private func notify(_ staff: Int64, of id: CommentID) throws {
        try transaction.execute(
            "INSERT INTO inbox_entry (id, staff_id, comment_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            .integer(try Numbering.inboxEntry.next(in: transaction)), .integer(staff), .integer(id.rawValue),
            .integer(occasion.at.seconds))
    }

    /// The text stays out of the timeline: entries are also read by others than staff.
    private func tell(_ topic: Topic, _ id: CommentID, of customer: CustomerID) throws {
        try TimelineWriter(transaction: transaction, occasion: occasion).append(topic, customer: customer) {
            $0.member("comment", id.rawValue)
        }
    }
}
