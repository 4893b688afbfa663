/// What a coupon is to be used for.
public struct CouponUse: Sendable {
    public var channel: String?
    public var customer: CustomerID?
    /// What the order comes to before the discount.
    public var subtotal: Money
    /// Nil when they are not known yet; a coupon that depends on them is then taken at its word.
    public var lines: [OrderLine]?
    /// When the order was placed.
    public var at: Instant
    /// When this is asked: what others hold then counts.
    ///
    /// The time of the order unless it is set.
    public var askedAt: Instant
    /// How many orders of this customer count already.
    public var earlierOrders: Int64

    public init(
        channel: String?, customer: CustomerID?, subtotal: Money, lines: [OrderLine]?, at: Instant, earlierOrders: Int64
    ) {
        self.channel = channel
        self.customer = customer
        self.subtotal = subtotal
        self.lines = lines
        self.at = at
        askedAt = at
        self.earlierOrders = earlierOrders
    }
}
