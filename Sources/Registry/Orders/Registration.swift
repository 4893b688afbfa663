/// What became of a submitted order.
public struct Registration: Sendable, Equatable {
    public let order: OrderID
    public let match: Match
    /// The same order had been registered before; nothing changed.
    public let isExisting: Bool
    public let amounts: OrderAmounts
    /// The timeline entry of the registration.
    public let seq: Int64
}
