internal import Storage
internal import StrictJSON

extension ConsentWriter {
    /// How long the link in the mail is good, in seconds: a week.
    private static let lifetime: Int64 = 7 * 86_400
    /// Whoever asks in somebody else's name must not flood an address: so many mails a day and so many a month.
    private static let limits: [(seconds: Int64, mails: Int)] = [(86_400, 3), (30 * 86_400, 10)]

    /// Confirms a subscription with the token from its mail.
    ///
    /// - Returns: Who confirmed, and what.
    /// - Throws: ``TicketError``; also for a subscription that was withdrawn since.
    public func confirm(_ secret: TokenSecret) throws -> (customer: CustomerID, purpose: ConsentPurpose) {
        let ticket = try TicketWriter(transaction, occasion).redeem(secret, as: .confirmConsent)
        let data = ConsentRequest(ticket.data)
        let state = try reader.state(of: ticket.customer, for: data.purpose)
        guard state?.status == .pending else { throw TicketError.unknown }
        let entry = Entry(
            ConsentStatement(purpose: data.purpose, isGranted: true, wording: data.wording), .person,
            channel: data.channel)
        try settle(entry, by: ticket.customer, hadObjected: true)
        return (ticket.customer, data.purpose)
    }

    /// Confirms a subscription on the word of whoever the occasion names, such as staff who have it in writing.
    ///
    /// - Throws: ``ConsentError/notPending``.
    public func confirm(_ statement: ConsentStatement, by customer: CustomerID) throws {
        guard try reader.state(of: customer, for: statement.purpose)?.status == .pending else {
            throw ConsentError.notPending
        }
        try TicketWriter(transaction, occasion).withdraw(.confirmConsent, of: customer)
        let entry = Entry(statement, ConsentOrigin(of: occasion.actor), channel: nil)
        try settle(entry, by: customer, hadObjected: true)
    }

    /// Sends the one mail that a pending address gets; not while the last one may still be answered today.
    func askForConfirmation(_ entry: Entry, of customer: CustomerID) throws {
        let subject = try subject(customer)
        guard let email = subject.fields.email, try mayAsk(customer) else { return }
        let request = ConsentRequest(
            purpose: entry.statement.purpose, wording: entry.statement.wording, channel: entry.channel)
        let token = try TicketWriter(transaction, occasion).issue(
            .confirmConsent, to: customer, data: request.fragment, lifetime: Self.lifetime
        ).text
        let letter = ConfirmationLetter(in: MailLanguage(of: subject.fields.language, in: occasion.shop))
        var mail = OutgoingMail(
            .consent, to: email, of: customer, subject: letter.subject(of: occasion.shop),
            text: letter.text(of: occasion.shop, token: token))
        mail.secrets = [token]
        try OutboxWriter(transaction, occasion).queue(mail)
    }

    private func mayAsk(_ customer: CustomerID) throws -> Bool {
        let reader = TicketReader(transaction.reading, occasion)
        let issues = try reader.issues(of: .confirmConsent, to: customer)
        if issues.contains(where: { $0.isGood && occasion.at.seconds - $0.at.seconds < 86_400 }) { return false }
        return Self.limits.allSatisfy { limit in
            issues.count { occasion.at.seconds - $0.at.seconds < limit.seconds } < limit.mails
        }
    }
}

/// What a ticket for a confirmation remembers of the request.
private struct ConsentRequest {
    let purpose: ConsentPurpose
    let wording: String?
    let channel: String?

    init(purpose: ConsentPurpose, wording: String?, channel: String?) {
        self.purpose = purpose
        self.wording = wording
        self.channel = channel
    }

    init(_ data: JSONFragment) {
        // Only ever written by `fragment`; what cannot be read would be a newsletter without a version.
        let json = try? JSON(parsing: data.bytes)
        purpose = json?["purpose"]?.stringValue.flatMap(ConsentPurpose.init(rawValue:)) ?? .newsletter
        wording = json?["wording"]?.stringValue
        channel = json?["channel"]?.stringValue
    }

    var fragment: JSONFragment {
        JSONWriter.object { writer in
            writer.member("purpose", purpose.rawValue)
            writer.member("wording", wording)
            writer.member("channel", channel)
        }
    }
}
