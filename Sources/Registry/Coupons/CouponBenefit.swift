/// What a coupon gives.
public enum CouponBenefit: Sendable, Equatable {
    case percent(Percentage)
    case amount(Money)
    /// One unit of a product for free.
    case item(sku: String)
}
