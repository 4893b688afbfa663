/// What an order is about to take off with a coupon.
struct CouponRedemption {
    let coupon: Coupon
    /// The hold that is used up with it.
    let hold: CouponHold?
    let discount: Money
}
