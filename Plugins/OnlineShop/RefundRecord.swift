import ChannelKit

/// Money that went back to the customer.
struct RefundRecord: Equatable {
    /// Counts the order's refunds from 1.
    let number: Int64
    /// Above 0.
    let amountMinor: Int64
    let method: String?
    /// What the shop calls it; the same reference is the same refund.
    let reference: String?
    let reason: String?
    let at: Instant
    /// What was paid for by it; none when it was for nothing in particular.
    var parts: [SalePart] = []
    /// What of it is for sending the goods.
    var shippingMinor: Int64 = 0
}
