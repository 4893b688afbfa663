internal import Registry
internal import Transfer

/// Reads a raw mail, as a mail system hands it over.
enum MailArgument {
    /// - Throws: ``MailError/tooLarge(limitInBytes:)``, or what the file system says.
    static func mail(_ file: FileArgument) throws -> IncomingMail {
        guard file.count <= MailParser.limitInBytes else {
            throw MailError.tooLarge(limitInBytes: MailParser.limitInBytes)
        }
        let bytes = try file.read(at: 0, count: MailParser.limitInBytes)
        let mail = try MailParser.parse(bytes)
        // What is no address a person can be written to is nobody's we know.
        let sender = mail.from.first.flatMap { try? EmailAddress(parsing: $0.address) }
        let bounce = BounceReport(mail)
        return IncomingMail(
            sender: sender, recipients: mail.recipients.map(\.address), subject: mail.subject,
            text: ReplyText.visible(of: mail.text), fullText: mail.text,
            messageID: mail.messageID ?? "sha256:\(Hexadecimal.text(SHA256.hash(bytes)))",
            references: mail.references + mail.inReplyTo + (bounce?.messageID.map { [$0] } ?? []),
            attachments: mail.attachments.map { $0.name ?? $0.type },
            report: report(mail, bounce))
    }

    /// What a mail reports; nil for what a person wrote.
    private static func report(_ mail: ParsedMail, _ bounce: BounceReport?) -> IncomingMail.Report? {
        guard let bounce else { return AutomaticMail.isAutomatic(mail) ? .automaticAnswer : nil }
        guard !bounce.isComplaint else { return .complaint }
        return bounce.recipients.contains { $0.isHard } ? .hardBounce : .softBounce
    }
}
