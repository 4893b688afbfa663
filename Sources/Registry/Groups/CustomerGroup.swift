/// A group that staff put customers into; unlike a tag it carries a meaning.
public struct CustomerGroup: Sendable, Equatable {
    public let id: GroupID
    public let name: String
    /// Whether no tax is charged to its members.
    public let isTaxExempt: Bool
    /// How many customers are in it.
    public let customers: Int64
}
