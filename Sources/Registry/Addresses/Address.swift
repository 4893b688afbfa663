/// One address of a customer's address book.
public struct Address: Sendable, Equatable {
    public let id: AddressID
    public let customer: CustomerID
    /// Grows by 1 with each change.
    public let rev: Int64
    public let fields: AddressFields
    /// Whether goods go there unless said otherwise.
    public let isShipping: Bool
    /// Whether bills go there unless said otherwise.
    public let isBilling: Bool
    /// Where it comes from: a channel's id, or "staff".
    public let source: String
}
