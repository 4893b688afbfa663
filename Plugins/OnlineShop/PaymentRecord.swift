import ChannelKit

/// Money that came in for an order.
struct PaymentRecord: Equatable {
    /// Counts the order's payments from 1.
    let number: Int64
    /// Above 0.
    let amountMinor: Int64
    let method: String?
    /// What the shop calls it; the same reference is the same payment.
    let reference: String?
    let at: Instant
    /// Whether it turned out wrong.
    var isVoid = false
}
