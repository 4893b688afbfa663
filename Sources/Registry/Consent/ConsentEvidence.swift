/// One line of the append-only evidence.
public struct ConsentEvidence: Sendable, Equatable {
    public let purpose: String
    /// The state it led to, or "suppressed" for a grant that an objection outweighed.
    public let status: String
    /// The version of the text that was agreed to.
    public let wording: String?
    /// Where it was said.
    public let channel: String?
    /// Who entered it.
    public let actor: String
    /// When it was entered.
    public let at: Instant
    /// When it was said, where that is known to differ.
    public let saidAt: Instant?
    /// How it reached the registry; nil for what was entered before that was noted.
    public let origin: String?
    /// The network address it came from.
    public let sourceIP: String?
    /// What else proves it, such as who heard it.
    public let note: String?
    /// The order in whose checkout it was said.
    public let order: OrderID?

    /// What stands in ``status`` when a grant counted for nothing.
    static let suppressed = "suppressed"
}
