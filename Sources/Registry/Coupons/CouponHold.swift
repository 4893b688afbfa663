/// A use of a coupon, set aside for an order that is being placed.
public struct CouponHold: Sendable, Equatable {
    public let id: CouponHoldID
    public let coupon: CouponID
    /// The coupon's, as it is printed.
    public let code: String
    /// For whom; nil while nobody is known.
    public let customer: CustomerID?
    /// Through which channel; nil for any.
    public let channel: String?
    /// What is set aside of the budget.
    public let discount: Money
    public let heldAt: Instant
    /// The first moment at which it holds nothing any more.
    public let expiresAt: Instant
    let endedAt: Instant?
    /// The order that used it.
    public let order: OrderID?

    /// How long a hold lasts, in seconds: what is usual, and the most.
    public static let usualSeconds: Int64 = 900
    public static let longestSeconds: Int64 = 86_400

    /// What has become of it.
    public enum State: String, Sendable {
        case held
        case committed
        case released
        case expired
    }

    /// What has become of it by now.
    public func state(at now: Instant) -> State {
        guard order == nil else { return .committed }
        if let endedAt, endedAt < expiresAt { return .released }
        return endedAt == nil && now < expiresAt ? .held : .expired
    }
}
