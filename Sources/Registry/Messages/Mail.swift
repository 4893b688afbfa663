/// A mail in the outbox.
public struct Mail: Sendable, Equatable {
    public let id: MailID
    public let kind: String
    public let purpose: MailPurpose
    public let state: MailState
    public let recipient: EmailAddress
    public let customer: CustomerID?
    public let subject: String
    /// With its secrets until it has been sent.
    public let text: String
    /// Whether its secrets are gone.
    public let isMasked: Bool
    /// Names the mail everywhere (https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4), without angle brackets.
    public let messageID: String
    /// How often it has been handed to the host's mail system.
    public let attempts: Int64
    /// Not before this time is it tried again; nil unless it is queued.
    public let nextAttemptAt: Instant?
    /// Why the last attempt failed, without anybody's address.
    public let error: String?
    /// Whether it goes to a test customer.
    public let isTest: Bool
    public let queuedAt: Instant
    /// When the state last changed.
    public let changedAt: Instant
}
