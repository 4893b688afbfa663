/// Why a mail may be sent at all.
public enum MailPurpose: String, Sendable, CaseIterable {
    /// It belongs to what the customer asked for; no consent is needed.
    case service
    /// It advertises; only who subscribed to the newsletter gets it.
    case marketing
}
