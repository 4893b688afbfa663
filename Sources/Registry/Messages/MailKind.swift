/// What a mail is about; programs filter the outbox by it.
public enum MailKind: String, Sendable, CaseIterable {
    /// Staff wrote to one customer.
    case message
    /// Staff wrote to many customers at once.
    case bulk
    /// The question whether a subscription was meant.
    case consent
}
