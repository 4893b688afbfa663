/// How an order found its customer; stored with the order.
public struct Match: Sendable, Equatable {
    /// The customer, nil when the order stands alone.
    public let customer: CustomerID?
    public let reason: MatchReason
}

/// Why an order belongs to its customer.
public enum MatchReason: String, Sendable, CaseIterable {
    /// The channel named the customer.
    case given
    case email
    case phone
    /// The channel's own id of the customer.
    case externalID = "external-id"
    /// Nobody matched, so a record was made.
    case created
    /// The order stands alone.
    case none
}
