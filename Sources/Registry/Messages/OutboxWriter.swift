public import Storage

/// Puts mails into the outbox, durably; the host's mail pump sends them after the commit.
public struct OutboxWriter {
    let transaction: WriteTransaction
    let occasion: Occasion
    let reader: OutboxReader
    /// The most bytes of a subject.
    static let subjectLimit = 400

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = OutboxReader(transaction.reading)
    }

    /// Queues a mail; it is sent only if the transaction is committed.
    ///
    /// While the tenant has no address for its mail (`mail.from`), the mail is held. Marketing needs the customer's
    /// consent, now and again when it is sent.
    ///
    /// - Throws: ``MessageError/badSubject``, ``MessageError/blank``, ``MessageError/notSubscribed``,
    ///   ``CustomerError/notFound``, ``CustomerError/erased``.
    @discardableResult
    public func queue(_ mail: OutgoingMail) throws -> MailID {
        guard Self.isSubject(mail.subject) else { throw MessageError.badSubject }
        guard !mail.text.allSatisfy(\.isWhitespace) else { throw MessageError.blank }
        var isTest = false
        if let customer = mail.customer {
            guard try CustomerReader(transaction.reading).status(of: customer) != .erased else {
                throw CustomerError.erased
            }
            isTest = try transaction.reading.exists(
                "SELECT 1 FROM customer WHERE id = ? AND is_test = 1", .integer(customer.rawValue))
        }
        switch mail.purpose {
        case .service: break
        case .marketing: guard try isSubscribed(mail.customer) else { throw MessageError.notSubscribed }
        }
        let from = occasion.shop.policies.mail.from
        let state = from == nil ? MailState.held : .queued
        let now = Value.integer(occasion.at.seconds)
        transaction.ring()
        return MailID(
            rawValue: try transaction.insert(
                """
                INSERT INTO mail (id, kind, purpose, customer_id, recipient, recipient_key, subject, text, masked_text,
                    message_id, thread_token, message_references, is_test, state, next_attempt_at, queued_at, changed_at,
                    mailing_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(try Numbering.mail.next(in: transaction)), .text(mail.kind.rawValue),
                .text(mail.purpose.rawValue), .integer(orNull: mail.customer?.rawValue),
                .text(mail.recipient.spelling), .text(mail.recipient.key), .text(mail.subject),
                .text(mail.mailing == nil ? mail.text : ""),
                .text(orNull: mail.maskedText), .text("\(Hexadecimal.random(bytes: 16))@\(Self.domain(of: from))"),
                .text(orNull: mail.thread), .text(mail.references.joined(separator: " ")), .flag(isTest),
                .text(state.rawValue), from == nil ? .null : now, now, now,
                .integer(orNull: mail.mailing?.rawValue)))
    }

    /// Deletes the mails to somebody who was no customer.
    public func forget(_ recipient: EmailAddress) throws {
        try transaction.execute(
            "DELETE FROM mail WHERE customer_id IS NULL AND recipient_key = ?", .text(recipient.key))
    }

    /// Sends a mail once more, at once: one that failed, came back, or of which nobody knows whether it went out.
    ///
    /// A mail that still waits for its next attempt need not wait any longer.
    ///
    /// - Throws: ``MessageError/noMail``, ``MessageError/notWaiting(_:)``, ``MessageError/secretGone``.
    public func retry(_ id: MailID) throws -> Mail {
        let mail = try reader.mail(id)
        switch mail.state {
        case .queued, .failed, .bounced, .uncertain: break
        case .sending, .sent, .held, .cancelled: throw MessageError.notWaiting(mail.state)
        }
        guard !mail.isMasked else { throw MessageError.secretGone }
        try transaction.execute(
            """
            UPDATE mail SET state = 'queued', attempts = 0, next_attempt_at = ?, changed_at = ? WHERE id = ?
            """, .integer(occasion.at.seconds), .integer(occasion.at.seconds), .integer(id.rawValue))
        transaction.ring()
        return try reader.mail(id)
    }

    /// Withdraws a mail that has not gone out.
    ///
    /// - Throws: ``MessageError/noMail``, ``MessageError/notWaiting(_:)``.
    public func cancel(_ id: MailID) throws -> Mail {
        let mail = try reader.mail(id)
        switch mail.state {
        case .queued, .held, .failed, .uncertain: break
        case .sending, .sent, .bounced, .cancelled: throw MessageError.notWaiting(mail.state)
        }
        try cancel(id, because: nil)
        return try reader.mail(id)
    }

    /// A mail that will not be sent needs its secrets no more.
    func cancel(_ id: MailID, because reason: String?) throws {
        try transaction.execute(
            """
            UPDATE mail SET state = 'cancelled', next_attempt_at = NULL, error = ?, changed_at = ?,
                text = coalesce(masked_text, text), is_masked = masked_text IS NOT NULL, masked_text = NULL
            WHERE id = ?
            """, .text(orNull: reason), .integer(occasion.at.seconds), .integer(id.rawValue))
    }

    /// Whether a customer may be sent marketing.
    func isSubscribed(_ customer: CustomerID?) throws -> Bool {
        guard let customer else { return false }
        return try transaction.reading.exists(
            "SELECT 1 FROM consent WHERE customer_id = ? AND purpose = 'newsletter' AND status = 'subscribed'",
            .integer(customer.rawValue))
    }

    /// What stands behind the @ of a Message-ID; nobody answers to it.
    static func domain(of from: EmailAddress?) -> String {
        from?.key.split(separator: "@").last.map { String($0) } ?? "held.invalid"
    }

    static func isSubject(_ text: String) -> Bool {
        guard !text.allSatisfy(\.isWhitespace), text.utf8.count <= subjectLimit else { return false }
        return !text.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }
}
