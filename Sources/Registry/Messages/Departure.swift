/// A mail on its way out, with everything the message needs.
public struct Departure: Sendable, Equatable {
    public let mail: Mail
    /// What it says; under what advertises, how to end that.
    public let text: String
    /// Where one click unsubscribes; nil unless it advertises.
    public let unsubscribeLink: String?
    public let from: EmailAddress
    /// The name beside the sender's address.
    public let name: String
    /// Where an answer goes; nil for the sender's address.
    public let replyTo: EmailAddress?
    /// Where the message comes back to when nobody can be reached.
    public let returnPath: EmailAddress
    /// The Message-IDs before it in its thread, oldest first, without angle brackets.
    public let references: [String]
    /// Whether a program wrote it (https://www.rfc-editor.org/rfc/rfc3834).
    public let isAutomatic: Bool
}

/// What a tenant's outbox wants next.
public enum OutboxTurn: Sendable, Equatable {
    /// This mail is now being sent.
    case send(Departure)
    /// Nothing before that time.
    case wait(until: Instant)
    /// Something waits until the tenant has an address for its mail.
    case held
    /// Nothing waits.
    case nothing
}
