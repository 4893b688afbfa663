public import Storage
internal import StrictJSON

/// Sends one text to many customers: only to those who agreed, and to each of them once.
public struct MailingWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let reader: MailingReader

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = MailingReader(transaction.reading)
    }

    /// Begins a mailing, or goes on with the one that was begun under the same key and has not been finished.
    ///
    /// - Throws: ``MessageError/badSubject``, ``MessageError/blank``, ``MessageError/noUnsubscribePage``,
    ///   ``MessageError/mailingDiffers``.
    public func begin(subject: String, text: String, key: String?) throws -> (mailing: Mailing, isNew: Bool) {
        guard OutboxWriter.isSubject(subject) else { throw MessageError.badSubject }
        guard !text.allSatisfy(\.isWhitespace) else { throw MessageError.blank }
        // Whoever gets it must be able to end it with one click. https://www.rfc-editor.org/rfc/rfc8058
        guard occasion.shop.policies.mail.link != nil else { throw MessageError.noUnsubscribePage }
        if let key {
            let begun = try transaction.reading.first("SELECT id FROM mailing WHERE request_key = ?", .text(key)) {
                MailingID(rawValue: $0.integer(0))
            }
            if let begun {
                let mailing = try reader.mailing(begun)
                guard mailing.subject == subject, mailing.text == text else { throw MessageError.mailingDiffers }
                return (mailing, false)
            }
        }
        let id = try transaction.insert(
            """
            INSERT INTO mailing (subject, text, author, state, request_key, started_at)
            VALUES (?, ?, ?, 'queuing', ?, ?)
            """, .text(subject), .text(text), .text(occasion.actor.description), .text(orNull: key),
            .integer(occasion.at.seconds))
        return (try reader.mailing(MailingID(rawValue: id)), true)
    }

    /// Queues a mailing's mails to some customers; who has one already gets no second.
    ///
    /// - Returns: How many mails were queued.
    /// - Throws: ``MessageError/mailingCancelled``.
    public func queue(_ mailing: Mailing, to customers: [CustomerID]) throws -> Int {
        switch try reader.mailing(mailing.id).state {
        case .queuing: break
        case .queued: return 0
        case .cancelled: throw MessageError.mailingCancelled
        }
        let outbox = OutboxWriter(transaction, occasion)
        var count = 0
        // Who has objected since they were counted gets nothing.
        for customer in try reader.audience(of: customers).recipients {
            let isQueued = try transaction.reading.exists(
                "SELECT 1 FROM mail WHERE mailing_id = ? AND customer_id = ?", .integer(mailing.id.rawValue),
                .integer(customer.rawValue))
            guard !isQueued, let address = try CustomerReader(transaction.reading).customer(customer).fields.email
            else { continue }
            var mail = OutgoingMail(.bulk, to: address, of: customer, subject: mailing.subject, text: mailing.text)
            mail.purpose = .marketing
            mail.mailing = mailing.id
            let id = try outbox.queue(mail)
            try TimelineWriter(transaction: transaction, occasion: occasion).append(.messageSent, customer: customer) {
                $0.member("mailing", mailing.id.rawValue)
                $0.member("mail", id.rawValue)
            }
            count += 1
        }
        return count
    }

    /// Notes that all of a mailing's mails are queued.
    public func finish(_ id: MailingID) throws -> Mailing {
        try transaction.execute(
            "UPDATE mailing SET state = 'queued' WHERE id = ? AND state = 'queuing'", .integer(id.rawValue))
        return try reader.mailing(id)
    }

    /// Withdraws some of a mailing's mails that have not gone out; no more are queued.
    ///
    /// - Returns: How many were withdrawn; call again until that is none.
    /// - Throws: ``MessageError/noMailing``.
    public func cancel(_ id: MailingID, limit: Int) throws -> Int {
        _ = try reader.mailing(id)
        try transaction.execute("UPDATE mailing SET state = 'cancelled' WHERE id = ?", .integer(id.rawValue))
        return try transaction.change(
            """
            UPDATE mail SET state = 'cancelled', next_attempt_at = NULL, changed_at = ? WHERE id IN (
                SELECT id FROM mail WHERE mailing_id = ? AND state IN ('queued', 'held') LIMIT ?)
            """, .integer(occasion.at.seconds), .integer(id.rawValue), .integer(Int64(limit)))
    }
}
