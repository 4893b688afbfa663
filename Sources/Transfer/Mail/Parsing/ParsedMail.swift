/// A mail that came in, read.
public struct ParsedMail: Sendable {
    /// The mail's parts.
    public let root: MailPart
    /// Who wrote it, as the mail itself says; anybody can say anything there.
    public let from: [MailAddress]
    /// Whom it was written to, from `To` and `Cc`, and from the fields in which mail systems note the real recipient.
    public let recipients: [MailAddress]
    /// The subject, one line.
    public let subject: String
    /// The mail's own id without angle brackets; nil when it has none.
    public let messageID: String?
    /// The ids of the mails that it answers, without angle brackets.
    public let inReplyTo: [String]
    /// The ids of its thread, without angle brackets.
    public let references: [String]
    /// What it says, as plain text whose lines end in LF, with the quoted history.
    public let text: String
    /// The files that came with it.
    public let attachments: [MailAttachment]

    /// The mail's header.
    public var header: MailHeader { root.header }

    init(root: MailPart) {
        self.root = root
        func addresses(_ names: [String]) -> [MailAddress] {
            names.flatMap { root.header.all($0) }.flatMap { AddressList.read($0.value) }
        }
        from = addresses(["from"])
        recipients = addresses(["to", "cc", "delivered-to", "x-original-to", "envelope-to"])
        subject = root.header.first("subject").map { ParsedMail.oneLine($0.text) } ?? ""
        messageID = ParsedMail.identifiers(root.header.all("message-id")).first
        inReplyTo = ParsedMail.identifiers(root.header.all("in-reply-to"))
        references = ParsedMail.identifiers(root.header.all("references"))
        let content = MailContent(root)
        text = content.text
        attachments = content.attachments
    }

    /// Message ids in angle brackets, at most 100, and the whole value when there are none.
    private static func identifiers(_ fields: [MailHeaderField]) -> [String] {
        var found: [String] = []
        for field in fields {
            for piece in field.value.split(separator: "<").prefix(101) {
                guard let end = piece.firstIndex(of: ">"), found.count < 100 else { continue }
                let identifier = piece[..<end].filter { !$0.isWhitespace }
                if !identifier.isEmpty { found.append(identifier) }
            }
            if found.isEmpty, !field.value.isEmpty, !field.value.contains(where: \.isWhitespace) {
                found.append(field.value)
            }
        }
        return found
    }

    private static func oneLine(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: result.unicodeScalars.append(" ")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
