import ChannelKit

/// Goods on their way to the customer.
struct Shipment: Equatable {
    /// Counts the order's shipments from 1.
    let number: Int64
    let carrier: String?
    /// The number under which the carrier finds it.
    let tracking: String?
    let shippedAt: Instant
    var deliveredAt: Instant?
    /// What is in it; none when nobody told.
    let parts: [SalePart]
}
