public import Registry

/// What a mail says and to whom, before it is written out.
public struct MailDraft: Sendable, Equatable {
    /// Who writes.
    public var from: MailAddress
    /// Who is written to.
    public var to: MailAddress
    /// Where an answer goes; nil for the sender.
    public var replyTo: MailAddress?
    /// One line.
    public var subject: String
    /// The text; lines end in LF or CRLF.
    public var text: String
    /// When it was written.
    public var date: Instant
    /// The mail's own id, without angle brackets: `7.k3v@shop.example`.
    public var messageID: String
    /// The id of the mail that is answered, without angle brackets.
    public var inReplyTo: String?
    /// The ids of the thread from the first on, without angle brackets.
    public var references: [String]
    /// Whether a program wrote it, so that no other program answers.
    public var isAutomatic: Bool
    /// Where the recipient unsubscribes with one POST request; nil for mail that is no mailing.
    public var unsubscribeLink: String?

    /// - Parameters:
    ///   - from: Who writes.
    ///   - to: Who is written to.
    ///   - replyTo: Where an answer goes; nil for the sender.
    ///   - subject: One line.
    ///   - text: The text; lines end in LF or CRLF.
    ///   - date: When it was written.
    ///   - messageID: The mail's own id, without angle brackets.
    ///   - inReplyTo: The id of the mail that is answered.
    ///   - references: The ids of the thread from the first on.
    ///   - isAutomatic: Whether a program wrote it.
    ///   - unsubscribeLink: Where the recipient unsubscribes; nil for mail that is no mailing.
    public init(
        from: MailAddress, to: MailAddress, replyTo: MailAddress? = nil, subject: String, text: String, date: Instant,
        messageID: String, inReplyTo: String? = nil, references: [String] = [], isAutomatic: Bool = false,
        unsubscribeLink: String? = nil
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.date = date
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.isAutomatic = isAutomatic
        self.unsubscribeLink = unsubscribeLink
    }
}
