public import Storage

/// Reads the outbox.
public struct OutboxReader {
    /// Which mails to list; nil for all.
    public struct Query: Sendable, Equatable {
        public var state: MailState?
        public var kind: MailKind?
        public var customer: CustomerID?

        public init() {}
    }

    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``MessageError/noMail``.
    public func mail(_ id: MailID) throws -> Mail {
        let found = try transaction.first(
            """
            SELECT mail.id, kind, purpose, mail.state, recipient, recipient_key, customer_id, mail.subject,
                coalesce(mailing.text, mail.text), message_id, attempts, next_attempt_at, error, is_test, queued_at,
                changed_at, is_masked
            FROM mail LEFT JOIN mailing ON mailing.id = mail.mailing_id WHERE mail.id = ?
            """, .integer(id.rawValue), element: Self.mail)
        guard let found else { throw MessageError.noMail }
        return found
    }

    /// How many mails have not gone out yet.
    ///
    /// - Throws: `StorageError`.
    public func waitingCount() throws -> Int64 {
        try transaction.first("SELECT count(*) FROM mail WHERE state IN ('queued', 'held', 'sending')") {
            $0.integer(0)
        } ?? 0
    }

    /// Mails with an id below `id`, newest first.
    public func mails(_ query: Query, before id: Int64, limit: Int) throws -> [Mail] {
        try ids(query, before: id, limit: limit).map(mail)
    }

    /// Along the index that decides most; what it does not decide is compared.
    private func ids(_ query: Query, before id: Int64, limit: Int) throws -> [MailID] {
        let limit = Int64(limit)
        let kind = query.kind?.rawValue
        let state = query.state?.rawValue
        if let customer = query.customer {
            return try transaction.all(
                """
                SELECT id FROM mail
                WHERE customer_id = ? AND id < ? AND (? IS NULL OR kind = ?) AND (? IS NULL OR state = ?)
                ORDER BY id DESC LIMIT ?
                """, .integer(customer.rawValue), .integer(id), .text(orNull: kind), .text(orNull: kind),
                .text(orNull: state), .text(orNull: state), .integer(limit), element: Self.id)
        }
        switch (state, kind) {
        case (let state?, let kind?):
            return try transaction.all(
                "SELECT id FROM mail WHERE state = ? AND kind = ? AND id < ? ORDER BY id DESC LIMIT ?",
                .text(state), .text(kind), .integer(id), .integer(limit), element: Self.id)
        case (let state?, nil):
            return try transaction.all(
                "SELECT id FROM mail WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?", .text(state), .integer(id),
                .integer(limit), element: Self.id)
        case (nil, let kind?):
            return try transaction.all(
                "SELECT id FROM mail WHERE kind = ? AND id < ? ORDER BY id DESC LIMIT ?", .text(kind), .integer(id),
                .integer(limit), element: Self.id)
        case (nil, nil):
            return try transaction.all(
                "SELECT id FROM mail WHERE id < ? ORDER BY id DESC LIMIT ?", .integer(id), .integer(limit),
                element: Self.id)
        }
    }

    private static func id(_ row: Row) -> MailID { MailID(rawValue: row.integer(0)) }

    private static func mail(_ row: Row) -> Mail {
        Mail(
            id: id(row), kind: row.text(1), purpose: MailPurpose(rawValue: row.text(2)) ?? .marketing,
            state: MailState(rawValue: row.text(3)) ?? .uncertain,
            recipient: EmailAddress(storedSpelling: row.text(4), key: row.text(5)),
            customer: row.integerOrNil(6).map(CustomerID.init(rawValue:)), subject: row.text(7), text: row.text(8),
            isMasked: row.flag(16), messageID: row.text(9), attempts: row.integer(10),
            nextAttemptAt: row.integerOrNil(11).map(Instant.init(seconds:)), error: row.textOrNil(12),
            isTest: row.flag(13), queuedAt: Instant(seconds: row.integer(14)),
            changedAt: Instant(seconds: row.integer(15)))
    }
}
