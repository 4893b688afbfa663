internal import Storage
internal import StrictJSON

extension ThreadWriter {
    /// What a mail that came in belongs to.
    private struct Origin {
        var thread: ThreadID?
        var mail: MailID?
        var customer: CustomerID
    }

    /// Takes down a mail that came in; the same mail twice is taken once.
    ///
    /// The token in the address it was sent to decides, else one of our Message-IDs together with the customer's own
    /// address; never the subject. Anybody may know a token who has seen the mail, so a message from another address
    /// is marked. Nothing is ever answered from here.
    ///
    /// - Throws: `StorageError`.
    public func receive(_ mail: IncomingMail) throws -> Receipt {
        let before = try transaction.reading.first(
            "SELECT id FROM message WHERE message_id = ?", .text(mail.messageID)
        ) { MessageID(rawValue: $0.integer(0)) }
        if let before { return .repeated(try reader.message(before)) }
        // One of our own that came back to us says nothing new.
        guard try !isOwn(mail.messageID) else { return .ignored }
        let origin = try origin(byTokenOf: mail) ?? origin(byReferencesOf: mail)
        switch mail.report {
        case .hardBounce, .softBounce:
            guard let returned = origin?.mail else { return .ignored }
            try note(returned, isFinal: mail.report == .hardBounce)
            return .bounce(returned)
        case .complaint:
            // Only who has seen the mail knows what it was called, so that nobody complains in another's name.
            guard let returned = origin?.mail else { return .ignored }
            try complain(of: returned)
            return .complaint(returned)
        case .automaticAnswer:
            guard let origin, let thread = origin.thread else { return .ignored }
            return .conversation(try add(mail, to: thread, of: origin.customer), isNew: false)
        case nil: break
        }
        if let origin, let thread = origin.thread {
            return .conversation(try add(mail, to: thread, of: origin.customer), isNew: false)
        }
        guard let customer = try origin?.customer ?? customer(of: mail.sender) else {
            return .unassigned(try keep(mail))
        }
        let subject = mail.subject.allSatisfy(\.isWhitespace) ? "…" : mail.subject
        return .conversation(
            try add(mail, to: open(customer, subject: subject), of: customer), isNew: true)
    }

    /// By the token in one of the addresses it was sent to: a conversation's, or a mail's own.
    private func origin(byTokenOf mail: IncomingMail) throws -> Origin? {
        for token in mail.recipients.compactMap(occasion.shop.policies.mail.token(in:)) {
            let thread = try transaction.reading.first(
                "SELECT id, customer_id FROM thread WHERE token = ?", .text(token)
            ) { Origin(thread: ThreadID(rawValue: $0.integer(0)), customer: CustomerID(rawValue: $0.integer(1))) }
            if var thread {
                thread.mail = try reported(by: mail)
                return thread
            }
            let own = try transaction.reading.first(
                "SELECT id FROM mail WHERE message_id > ? AND message_id < ?", .text("\(token)@"), .text("\(token)A")
            ) { MailID(rawValue: $0.integer(0)) }
            if let own, let origin = try origin(of: own) { return origin }
        }
        return nil
    }

    /// By one of our Message-IDs, if it comes from the customer's own address or reports on that mail.
    private func origin(byReferencesOf mail: IncomingMail) throws -> Origin? {
        guard let own = try reported(by: mail), let origin = try origin(of: own) else { return nil }
        switch mail.report {
        case .hardBounce, .softBounce, .complaint: return origin
        case .automaticAnswer, nil: break
        }
        return try isCustomer(mail.sender, origin.customer) ? origin : nil
    }

    /// The latest of our mails that it refers to.
    private func reported(by mail: IncomingMail) throws -> MailID? {
        for reference in mail.references.reversed() {
            let found = try transaction.reading.first("SELECT id FROM mail WHERE message_id = ?", .text(reference)) {
                MailID(rawValue: $0.integer(0))
            }
            if let found { return found }
        }
        return nil
    }

    private func origin(of mail: MailID) throws -> Origin? {
        try transaction.reading.first(
            """
            SELECT message.thread_id, mail.customer_id FROM mail LEFT JOIN message ON message.mail_id = mail.id
            WHERE mail.id = ? AND mail.customer_id IS NOT NULL
            """, .integer(mail.rawValue)
        ) { row in
            Origin(
                thread: row.integerOrNil(0).map(ThreadID.init(rawValue:)), mail: mail,
                customer: CustomerID(rawValue: row.integer(1)))
        }
    }

    private func isOwn(_ messageID: String) throws -> Bool {
        try transaction.reading.exists("SELECT 1 FROM mail WHERE message_id = ?", .text(messageID))
    }

    private func isCustomer(_ sender: EmailAddress?, _ customer: CustomerID) throws -> Bool {
        guard let sender else { return false }
        return try transaction.reading.exists(
            "SELECT 1 FROM customer WHERE id = ? AND email_key = ?", .integer(customer.rawValue), .text(sender.key))
    }

    /// The customer with this address; nil when there is none, or when several share it.
    private func customer(of sender: EmailAddress?) throws -> CustomerID? {
        guard let sender else { return nil }
        let found = try CustomerReader(transaction.reading).customers(email: sender)
        return found.count == 1 ? found[0] : nil
    }

    private func add(_ mail: IncomingMail, to thread: ThreadID, of customer: CustomerID) throws -> Message {
        let isFromOther = try !isCustomer(mail.sender, customer)
        let id = try insert(mail, thread, customer, isFromOther: isFromOther)
        guard mail.report == nil else { return try reader.message(id) }
        try touch(thread, unread: 1)
        try received(id, thread, customer)
        return try reader.message(id)
    }

    /// Keeps a message of which nobody knows whose it is.
    private func keep(_ mail: IncomingMail) throws -> Message {
        let id = try insert(mail, nil, nil, isFromOther: false)
        try transaction.execute(
            """
            DELETE FROM message WHERE thread_id IS NULL AND id NOT IN (
                SELECT id FROM message WHERE thread_id IS NULL ORDER BY id DESC LIMIT ?)
            """, .integer(Self.unassignedLimit))
        return try reader.message(id)
    }

    private func insert(
        _ mail: IncomingMail, _ thread: ThreadID?, _ customer: CustomerID?, isFromOther: Bool
    ) throws -> MessageID {
        let text = mail.text.prefix(utf8: Self.textLimit)
        let fullText = mail.fullText.prefix(utf8: Self.fullTextLimit)
        let attachments = JSON.array(mail.attachments.prefix(100).map { .string($0.prefix(utf8: 255)) })
        return MessageID(
            rawValue: try transaction.insert(
                """
                INSERT INTO message (id, thread_id, customer_id, is_incoming, at, author, sender, is_from_other,
                    is_automatic, subject, text, full_text, attachments, is_read, message_id)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(try Numbering.message.next(in: transaction)), .integer(orNull: thread?.rawValue),
                .integer(orNull: customer?.rawValue),
                .integer(occasion.at.seconds), .text(Actor.customer.description),
                .text(orNull: mail.sender?.spelling), .flag(isFromOther), .flag(mail.report != nil),
                .text(mail.subject.prefix(utf8: OutboxWriter.subjectLimit)), .text(text),
                .text(orNull: fullText == text ? nil : fullText), .text(attachments.text),
                .flag(mail.report != nil), .text(mail.messageID)))
    }

    /// Takes a complaint as an objection, unless the mail went to an address that is not the customer's any more.
    private func complain(of id: MailID) throws {
        let mail = try OutboxReader(transaction.reading).mail(id)
        guard let customer = mail.customer, try isCustomer(mail.recipient, customer) else { return }
        try ConsentWriter(transaction, occasion).complained(customer)
    }

    /// Notes what a report says of one of our mails.
    private func note(_ id: MailID, isFinal: Bool) throws {
        let mail = try OutboxReader(transaction.reading).mail(id)
        guard mail.state == .sent || mail.state == .uncertain else { return }
        try transaction.execute(
            "UPDATE mail SET state = ?, error = ?, changed_at = ? WHERE id = ?",
            .text(isFinal ? MailState.bounced.rawValue : mail.state.rawValue),
            .text(isFinal ? "nobody can be reached at this address" : "it has not arrived yet"),
            .integer(occasion.at.seconds), .integer(id.rawValue))
        guard isFinal, let customer = mail.customer else { return }
        // The newsletter would come back as well, unless the customer has another address by now.
        if try isCustomer(mail.recipient, customer) { try ConsentWriter(transaction, occasion).bounced(customer) }
        try timeline.append(.messageFailed, customer: customer) { writer in
            writer.member("mail", id.rawValue)
            writer.member("kind", mail.kind)
        }
    }
}

extension String {
    /// As many whole code points from the start as fit.
    fileprivate func prefix(utf8 limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
