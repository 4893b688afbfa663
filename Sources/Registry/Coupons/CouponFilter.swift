/// Which coupons a list shows.
public struct CouponFilter: Sendable, Equatable {
    /// Only those bound to this customer.
    public var customer: CustomerID?
    /// Only those made for this.
    public var campaign: String?
    /// Only those whose code begins so, whatever its case.
    public var prefix: String?
    /// Those that are archived instead of those that are not.
    public var isArchived = false

    public init() {}
}
