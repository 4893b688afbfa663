/// A promise of a discount, managed once for all channels.
public struct Coupon: Sendable, Equatable {
    public let id: CouponID
    public var terms: CouponTerms
    /// How often it has been redeemed and not given back; always the sum of the ledger.
    public let used: Int64
    /// What those redemptions were worth.
    public let spent: Money
    /// How many uses are set aside for orders that are being placed.
    public internal(set) var held: Int64
    /// What those may come to.
    public internal(set) var heldMoney: Money
    /// The names of its groups, in their order.
    public let groupNames: [String]
    /// Since when it can no longer be used; nil while it can.
    public let archivedAt: Instant?
}
