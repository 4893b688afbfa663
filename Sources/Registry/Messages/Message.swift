/// One mail of a conversation, as people read it.
public struct Message: Sendable, Equatable {
    public let id: MessageID
    /// Nil while nobody knows whose conversation it belongs to.
    public let thread: ThreadID?
    public let customer: CustomerID?
    /// Whether it came in; else staff wrote it.
    public let isIncoming: Bool
    public let at: Instant
    /// Such as "staff:lena" or "customer".
    public let author: String
    /// The address it came from, as the mail itself says; nil for what staff wrote.
    public let sender: String?
    /// Whether it came from another address than the customer's.
    public let isFromOther: Bool
    /// Whether a program wrote it.
    public let isAutomatic: Bool
    public let subject: String
    /// What was newly written, without the quoted history.
    public let text: String
    /// Everything, with the history; nil when that is the same.
    public let fullText: String?
    /// The names of the files that came with it; the files are not kept.
    public let attachments: [String]
    public let isRead: Bool
    /// The mail that carries it; nil for what came in.
    public let mail: MailID?
    /// The state of that mail.
    public let mailState: MailState?
}
