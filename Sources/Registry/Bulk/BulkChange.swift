/// What is done to many customers at once.
public enum BulkChange: Sendable, Equatable {
    case tag(String)
    case untag(String)
    case group(String)
    case ungroup(String)
    /// Consent only ever goes off for many at once, never on.
    case unsubscribe(ConsentPurpose)
}
