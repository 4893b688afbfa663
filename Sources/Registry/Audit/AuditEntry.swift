public import StrictJSON

/// That somebody looked into the shop, or changed who may do what.
public struct AuditEntry: Sendable, Equatable {
    public let id: Int64
    public let at: Instant
    /// When it last happened, for what is condensed to one entry.
    public let lastAt: Instant
    /// The caller's role, such as operator or staff.
    public let role: String
    /// The caller, as the timeline names them.
    public let actor: String
    public let verb: String
    /// Ids, names of settings and the like; nothing personal and no secret.
    public let about: JSON
    /// How often it happened.
    public let count: Int64
}
