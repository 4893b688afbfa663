/// What a mail system reports of a mail that was sent: it was not delivered, or its recipient complained.
public struct BounceReport: Sendable, Equatable {
    /// Whether a recipient called the mail unwanted; otherwise it was not delivered.
    public let isComplaint: Bool
    /// Whom it is about; at least one.
    public let recipients: [BouncedRecipient]
    /// The id of the mail that came back, without angle brackets; nil when the report does not tell.
    public let messageID: String?

    /// Reads a report, standard or not.
    ///
    /// Nil for all other mail, also for reports of mails that were delivered. Anybody can write such a report: what it
    /// says counts only for a mail that was sent.
    ///
    /// <https://www.rfc-editor.org/rfc/rfc3464>, <https://www.rfc-editor.org/rfc/rfc5965>
    ///
    /// - Parameter mail: Any mail.
    public init?(_ mail: ParsedMail) {
        let parts = mail.root.own
        let returned = ReturnedMail(mail)
        messageID = returned.messageID
        if let feedback = parts.first(where: { $0.type == "message/feedback-report" }) {
            isComplaint = true
            let address = Complaint.complainer(feedback) ?? returned.recipient
            recipients = [BouncedRecipient(address: address, status: nil, isHard: false)]
            return
        }
        if Complaint.isPlain(mail) {
            isComplaint = true
            let address =
                mail.header.first("x-apple-unsubscribe") == nil ? returned.recipient : mail.from.first?.address
            recipients = [BouncedRecipient(address: address ?? "", status: nil, isHard: false)]
            return
        }
        isComplaint = false
        let groups = parts.filter {
            $0.type == "message/delivery-status" || $0.type == "message/global-delivery-status"
        }
        .flatMap { DeliveryStatusGroup.all(in: $0.text) }.filter(\.isOfRecipient)
        if !groups.isEmpty {
            var found: [BouncedRecipient] = []
            for group in groups.filter(\.isFailure) {
                let recipient = group.recipient(besides: returned.report)
                if !found.contains(where: { $0.address == recipient.address }) { found.append(recipient) }
            }
            if found.isEmpty { return nil }
            recipients = found
            return
        }
        guard BounceNotice.isOne(mail) else { return nil }
        let addresses = BounceNotice.addresses(mail, returned)
        recipients = addresses.map { address in
            let evidence = BounceEvidence(status: nil, diagnostic: returned.report)
            return BouncedRecipient(address: address, status: evidence.status, isHard: evidence.isHard)
        }
    }
}

/// Complaints, which come from the recipient or from the recipient's mail system.
private enum Complaint {
    /// Whether a mail is one without a report in it, as two providers send them.
    static func isPlain(_ mail: ParsedMail) -> Bool {
        if mail.header.first("x-apple-unsubscribe")?.value.lowercased() == "true" { return true }
        return mail.subject.lowercased().hasPrefix("complaint about message")
            && mail.root.own.contains { $0.type == "message/rfc822" }
    }

    /// Who complained according to a report; nil when it does not tell. <https://www.rfc-editor.org/rfc/rfc5965#section-3.2>
    static func complainer(_ part: MailPart) -> String? {
        for name in ["original-rcpt-to", "removal-recipient"] {
            for group in DeliveryStatusGroup.all(in: part.text) {
                if let address = group.address(of: name) { return address }
            }
        }
        return nil
    }
}
