/// A mention as it is shown.
public struct Mention: Sendable, Equatable {
    public let target: MentionTarget
    /// What the target is called now, or was called last; nil when nothing is known of it any more.
    public let name: String?
    /// The word or number people know it by besides the name: a member's short name, a customer's number, a sku.
    public let handle: String
    /// Whether the target is no longer there.
    public let isGone: Bool
    /// Where the mention stands in the text shown, in Unicode scalars, counted from 0.
    public let start: Int
    /// How long it is there, in Unicode scalars.
    public let length: Int
}
