internal import Storage
internal import StrictJSON

extension OutboxWriter {
    /// So many mails that may not go out any more are withdrawn in one turn.
    private static let withdrawnAtOnce = 100

    /// Notes how an attempt ended; a mail that has been erased meanwhile needs no note.
    ///
    /// - Throws: `StorageError`.
    public func settle(_ id: MailID, _ outcome: MailOutcome) throws {
        guard
            try transaction.reading.exists(
                "SELECT 1 FROM mail WHERE id = ? AND state = 'sending'", .integer(id.rawValue))
        else { return }
        let mail = try reader.mail(id)
        switch outcome {
        case .sent: try settle(mail, as: .sent, error: nil)
        case .refused(let reason): try settle(mail, as: .failed, error: reason)
        case .unknown(let reason): try settle(mail, as: .uncertain, error: reason)
        case .postponed(let reason):
            guard let next = Backoff.next(after: mail.attempts, of: id, at: occasion.at) else {
                return try settle(mail, as: .failed, error: reason)
            }
            try transaction.execute(
                "UPDATE mail SET state = 'queued', next_attempt_at = ?, error = ?, changed_at = ? WHERE id = ?",
                .integer(next.seconds), .text(Self.withoutAddresses(reason)), .integer(occasion.at.seconds),
                .integer(id.rawValue))
        }
    }

    /// The next mail to send, noted as being sent; or how long to wait for one.
    ///
    /// Only one attempt of a tenant is under way at a time: a mail that is still noted as being sent was left by a
    /// daemon that ended, and nobody knows whether it went out.
    ///
    /// - Throws: `StorageError`.
    public func turn() throws -> OutboxTurn {
        try abandon()
        guard let from = occasion.shop.policies.mail.from else {
            try hold()
            return try outlook()
        }
        try release(from)
        for _ in 0..<Self.withdrawnAtOnce {
            guard let mail = try due() else { return try outlook() }
            if mail.purpose == .marketing, let obstacle = try obstacle(to: mail) {
                try cancel(mail.id, because: obstacle)
                continue
            }
            let allowance = MailAllowance(transaction.reading, occasion)
            if let wait = try allowance.wait(for: mail.purpose) { return .wait(until: wait.until) }
            return .send(try depart(mail, from))
        }
        return .wait(until: occasion.at)
    }

    /// What there is to wait for, without taking anything up.
    ///
    /// - Throws: `StorageError`.
    public func outlook() throws -> OutboxTurn {
        var times: [Int64] = []
        for purpose in [MailPurpose.service, .marketing] {
            let time = try transaction.reading.first(
                """
                SELECT next_attempt_at FROM mail WHERE state = 'queued' AND purpose = ? ORDER BY next_attempt_at LIMIT 1
                """, .text(purpose.rawValue)
            ) { $0.integer(0) }
            if let time { times.append(time) }
        }
        if let next = times.min() { return .wait(until: Instant(seconds: next)) }
        return try transaction.reading.exists("SELECT 1 FROM mail WHERE state = 'held'") ? .held : .nothing
    }

    private func settle(_ mail: Mail, as state: MailState, error: String?) throws {
        // What was refused for good may be tried again by hand, with its secrets.
        let isGone = state == .sent
        try transaction.execute(
            """
            UPDATE mail SET state = ?, error = ?, changed_at = ?,
                text = CASE WHEN ? AND masked_text IS NOT NULL THEN masked_text ELSE text END,
                is_masked = is_masked OR (? AND masked_text IS NOT NULL),
                masked_text = CASE WHEN ? THEN NULL ELSE masked_text END
            WHERE id = ?
            """, .text(state.rawValue), .text(orNull: error.map(Self.withoutAddresses)),
            .integer(occasion.at.seconds), .flag(isGone), .flag(isGone), .flag(isGone), .integer(mail.id.rawValue))
        guard state == .failed, let customer = mail.customer else { return }
        try TimelineWriter(transaction: transaction, occasion: occasion).append(.messageFailed, customer: customer) {
            $0.member("mail", mail.id.rawValue)
            $0.member("kind", mail.kind)
        }
    }

    private func abandon() throws {
        try transaction.execute(
            "UPDATE mail SET state = 'uncertain', changed_at = ? WHERE state = 'sending'",
            .integer(occasion.at.seconds))
    }

    private func hold() throws {
        try transaction.execute(
            "UPDATE mail SET state = 'held', next_attempt_at = NULL, changed_at = ? WHERE state = 'queued'",
            .integer(occasion.at.seconds))
    }

    /// What was held goes out from the address there is now, and is named after it.
    private func release(_ from: EmailAddress) throws {
        try transaction.execute(
            """
            UPDATE mail SET state = 'queued', next_attempt_at = ?, changed_at = ?,
                message_id = CASE WHEN attempts = 0 THEN substr(message_id, 1, 33) || ? ELSE message_id END
            WHERE state = 'held'
            """, .integer(occasion.at.seconds), .integer(occasion.at.seconds), .text(Self.domain(of: from)))
    }

    /// The mail whose turn it is: service before marketing, then by time.
    private func due() throws -> Mail? {
        for purpose in [MailPurpose.service, .marketing] {
            let id = try transaction.reading.first(
                """
                SELECT id FROM mail WHERE state = 'queued' AND purpose = ? AND next_attempt_at <= ?
                ORDER BY next_attempt_at, id LIMIT 1
                """, .text(purpose.rawValue), .integer(occasion.at.seconds)
            ) { MailID(rawValue: $0.integer(0)) }
            if let id { return try reader.mail(id) }
        }
        return nil
    }

    private func depart(_ mail: Mail, _ from: EmailAddress) throws -> Departure {
        let policy = occasion.shop.policies.mail
        let extra = try transaction.returning(
            """
            UPDATE mail SET state = 'sending', attempts = attempts + 1, attempted_at = ?, next_attempt_at = NULL,
                changed_at = ?
            WHERE id = ? RETURNING thread_token, message_references
            """, .integer(occasion.at.seconds), .integer(occasion.at.seconds), .integer(mail.id.rawValue)
        ) { (thread: $0.textOrNil(0), references: $0.text(1)) }
        let link = try mail.purpose == .marketing ? unsubscribeLink(of: mail) : nil
        let own = mail.messageID.split(separator: "@").first.map { String($0) }
        return Departure(
            mail: try reader.mail(mail.id), text: try link.map { try footed(mail, link: $0) } ?? mail.text,
            unsubscribeLink: link, from: from, name: policy.name ?? occasion.shop.title,
            replyTo: extra?.thread.flatMap(policy.address(for:)),
            returnPath: own.flatMap(policy.address(for:)) ?? from,
            references: extra?.references.split(separator: " ").map { String($0) } ?? [],
            isAutomatic: mail.kind != MailKind.message.rawValue)
    }

    /// Why a mail that advertises may not go out any more, nil when it may.
    private func obstacle(to mail: Mail) throws -> String? {
        guard try isSubscribed(mail.customer) else { return "the customer no longer agrees to get the newsletter" }
        let customer = try mail.customer.map { try CustomerReader(transaction.reading).customer($0) }
        guard customer?.fields.email?.key == mail.recipient.key else {
            return "the customer has another address by now"
        }
        guard occasion.shop.policies.mail.link != nil else { return "there is no page to unsubscribe, see link.url" }
        return nil
    }

    private func unsubscribeLink(of mail: Mail) throws -> String? {
        guard let customer = mail.customer else { return nil }
        let token = try UnsubscribeLink(customer: customer, purpose: .newsletter).token(transaction, of: occasion.shop)
        return occasion.shop.policies.mail.link(for: "unsubscribe", token: token.text)
    }

    private func footed(_ mail: Mail, link: String) throws -> String {
        let language = try mail.customer.flatMap {
            try CustomerReader(transaction.reading).customer($0).fields.language
        }
        return UnsubscribeFooter(in: MailLanguage(of: language, in: occasion.shop))
            .put(under: mail.text, of: occasion.shop, link: link)
    }

    /// The mail system's words without anything that looks like an address, one line, not too long.
    private static func withoutAddresses(_ reason: String) -> String {
        let words = reason.split(whereSeparator: \.isWhitespace).map { $0.contains("@") ? "…" : $0 }
        return String(words.joined(separator: " ").prefix(300))
    }
}
