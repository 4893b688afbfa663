/// A promise of a discount, managed once for all channels.
public struct Coupon: Sendable, Equatable {
    public let id: CouponID
    public var terms: CouponTerms
    /// How often it has been redeemed and not given back; always the sum of the ledger.
    public let used: Int64
    /// What those redemptions were worth.
    public let spent: Money
}

/// What a coupon gives.
public enum CouponBenefit: Sendable, Equatable {
    case percent(Percentage)
    case amount(Money)
    /// One unit of a product for free.
    case item(sku: String)
}

/// What a coupon gives, to whom, when and how often.
public struct CouponTerms: Sendable, Equatable {
    /// As it is printed; compared without case.
    public var code: String
    public var benefit: CouponBenefit
    /// The currency of the amounts here, and the only one the coupon is good for.
    public var currency: Currency
    public var minimum: Money?
    public var startsAt: Instant?
    /// The first moment at which it is no longer good.
    public var endsAt: Instant?
    public var limit: Int64?
    public var perCustomer: Int64?
    public var budget: Money?
    /// Where it is good; empty for everywhere.
    public var channels: [String] = []
    /// The only customer it is good for; nil for everybody.
    public var customer: CustomerID?
    public var isFirstOrderOnly = false

    public init(code: String, benefit: CouponBenefit, currency: Currency) {
        self.code = code
        self.benefit = benefit
        self.currency = currency
    }

    /// What codes are compared by: upper case without locale.
    static func key(of code: String) -> String {
        code.filter { !$0.isWhitespace }.uppercased()
    }
}
