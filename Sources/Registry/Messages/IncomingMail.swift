/// A mail that came in, read and taken apart.
public struct IncomingMail: Sendable, Equatable {
    /// What it reports instead of saying something.
    public enum Report: Sendable, Equatable {
        /// A mail of ours reached nobody, and never will at that address.
        case hardBounce
        /// A mail of ours has not arrived, or not yet.
        case softBounce
        /// Its recipient called a mail of ours unwanted. <https://www.rfc-editor.org/rfc/rfc5965>
        case complaint
        /// A program answered: somebody is away, or has received the mail.
        case automaticAnswer
    }

    /// Who wrote it, as the mail says; nil when it says nothing that is an address.
    public var sender: EmailAddress?
    /// Whom it was sent to.
    public var recipients: [String]
    public var subject: String
    /// What was newly written.
    public var text: String
    /// Everything, with the history.
    public var fullText: String
    /// Its Message-ID without angle brackets, or a digest of the whole mail.
    public var messageID: String
    /// The Message-IDs it refers to; in a report also that of the mail it is about.
    public var references: [String]
    /// The names of the files that came with it.
    public var attachments: [String]
    /// Nil for what a person wrote.
    public var report: Report?

    public init(
        sender: EmailAddress?, recipients: [String], subject: String, text: String, fullText: String,
        messageID: String, references: [String], attachments: [String], report: Report?
    ) {
        self.sender = sender
        self.recipients = recipients
        self.subject = subject
        self.text = text
        self.fullText = fullText
        self.messageID = messageID
        self.references = references
        self.attachments = attachments
        self.report = report
    }
}
