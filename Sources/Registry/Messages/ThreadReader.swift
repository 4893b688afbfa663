public import Storage
internal import StrictJSON

/// Reads the conversations with customers.
public struct ThreadReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``MessageError/noThread``.
    public func thread(_ id: ThreadID) throws -> MessageThread {
        let found = try transaction.first(
            "SELECT id, customer_id, subject, unread, started_at, last_at FROM thread WHERE id = ?",
            .integer(id.rawValue), element: Self.thread)
        guard let found else { throw MessageError.noThread }
        return found
    }

    /// Conversations before a place in time, newest first: a customer's or the whole shop's, or only those with
    /// something unread.
    public func threads(
        of customer: CustomerID?, isUnread: Bool, before place: (at: Int64, id: Int64), limit: Int
    ) throws -> [MessageThread] {
        let (at, id, limit) = (Value.integer(place.at), Value.integer(place.id), Value.integer(Int64(limit)))
        if let customer {
            return try transaction.all(
                """
                SELECT id, customer_id, subject, unread, started_at, last_at FROM thread
                WHERE customer_id = ? AND (last_at, id) < (?, ?) AND unread >= ?
                ORDER BY last_at DESC, id DESC LIMIT ?
                """, .integer(customer.rawValue), at, id, .integer(isUnread ? 1 : 0), limit, element: Self.thread)
        }
        if isUnread {
            return try transaction.all(
                """
                SELECT id, customer_id, subject, unread, started_at, last_at FROM thread
                WHERE unread > 0 AND (last_at, id) < (?, ?) ORDER BY last_at DESC, id DESC LIMIT ?
                """, at, id, limit, element: Self.thread)
        }
        return try transaction.all(
            """
            SELECT id, customer_id, subject, unread, started_at, last_at FROM thread
            WHERE (last_at, id) < (?, ?) ORDER BY last_at DESC, id DESC LIMIT ?
            """, at, id, limit, element: Self.thread)
    }

    /// - Throws: ``MessageError/noMessage``.
    public func message(_ id: MessageID) throws -> Message {
        let found = try transaction.first(
            """
            SELECT message.id, thread_id, message.customer_id, is_incoming, at, author, sender, is_from_other,
                is_automatic, message.subject, message.text, full_text, attachments, is_read, mail_id, mail.state
            FROM message LEFT JOIN mail ON mail.id = message.mail_id WHERE message.id = ?
            """, .integer(id.rawValue), element: Self.message)
        guard let found else { throw MessageError.noMessage }
        return found
    }

    /// A customer's messages with an id below `id`, newest first.
    public func messages(of customer: CustomerID, before id: Int64, limit: Int) throws -> [Message] {
        try transaction.all(
            "SELECT id FROM message WHERE customer_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
            .integer(customer.rawValue), .integer(id), .integer(Int64(limit)), element: Self.id
        ).map(message)
    }

    /// A conversation's messages with an id below `id`, newest first.
    public func messages(in thread: ThreadID, before id: Int64, limit: Int) throws -> [Message] {
        try transaction.all(
            "SELECT id FROM message WHERE thread_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
            .integer(thread.rawValue), .integer(id), .integer(Int64(limit)), element: Self.id
        ).map(message)
    }

    /// Messages of which nobody knows whose they are, with an id below `id`, newest first.
    public func unassigned(before id: Int64, limit: Int) throws -> [Message] {
        try transaction.all(
            "SELECT id FROM message WHERE thread_id IS NULL AND id < ? ORDER BY id DESC LIMIT ?",
            .integer(id), .integer(Int64(limit)), element: Self.id
        ).map(message)
    }

    /// The Message-IDs of a conversation, oldest first: at most the last twenty.
    func messageIDs(in thread: ThreadID) throws -> [String] {
        try transaction.all(
            """
            SELECT coalesce(message.message_id, mail.message_id) FROM message
            LEFT JOIN mail ON mail.id = message.mail_id
            WHERE message.thread_id = ? ORDER BY message.id DESC LIMIT 20
            """, .integer(thread.rawValue)
        ) { $0.text(0) }.reversed()
    }

    private static func id(_ row: Row) -> MessageID { MessageID(rawValue: row.integer(0)) }

    private static func thread(_ row: Row) -> MessageThread {
        MessageThread(
            id: ThreadID(rawValue: row.integer(0)), customer: CustomerID(rawValue: row.integer(1)),
            subject: row.text(2), unread: row.integer(3), startedAt: Instant(seconds: row.integer(4)),
            lastAt: Instant(seconds: row.integer(5)))
    }

    private static func message(_ row: Row) -> Message {
        // The column is only ever written from a list of names; what cannot be read is shown as empty.
        let attachments = (try? JSON(parsing: row.bytes(12)))?.arrayValue?.compactMap(\.stringValue) ?? []
        return Message(
            id: id(row), thread: row.integerOrNil(1).map(ThreadID.init(rawValue:)),
            customer: row.integerOrNil(2).map(CustomerID.init(rawValue:)), isIncoming: row.flag(3),
            at: Instant(seconds: row.integer(4)), author: row.text(5), sender: row.textOrNil(6),
            isFromOther: row.flag(7), isAutomatic: row.flag(8), subject: row.text(9), text: row.text(10),
            fullText: row.textOrNil(11), attachments: attachments, isRead: row.flag(13),
            mail: row.integerOrNil(14).map(MailID.init(rawValue:)),
            mailState: row.textOrNil(15).flatMap(MailState.init(rawValue:)))
    }
}
