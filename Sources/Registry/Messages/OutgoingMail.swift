/// A mail as a room hands it in: to whom, why and what.
public struct OutgoingMail: Sendable, Equatable {
    public var kind: MailKind
    public var purpose = MailPurpose.service
    public var recipient: EmailAddress
    /// Whose mail it is; nil for mail to the shop itself.
    public var customer: CustomerID?
    /// One line.
    public var subject: String
    /// Plain text; lines end in LF.
    public var text: String
    /// The parts of ``text`` that open something, such as tokens and codes: they are blotted out once the mail is gone.
    public var secrets: [String] = []
    /// The token of the thread that an answer belongs to.
    var thread: String?
    /// The mailing it is part of; the text is that one's and not kept again.
    var mailing: MailingID?
    /// The Message-IDs of the mails before it in its thread, oldest first, without angle brackets.
    var references: [String] = []

    public init(_ kind: MailKind, to recipient: EmailAddress, of customer: CustomerID?, subject: String, text: String) {
        self.kind = kind
        self.recipient = recipient
        self.customer = customer
        self.subject = subject
        self.text = text
    }

    /// The text without its secrets; nil when it holds none.
    var maskedText: String? {
        guard !secrets.isEmpty else { return nil }
        return secrets.reduce(text) { $0.replacing($1, with: "…") }
    }
}
