/// A label that staff put on customers.
public struct Tag: Sendable, Equatable {
    public let id: TagID
    public let name: String
    /// How many customers carry it.
    public let customers: Int64
}
