import ChannelKit

/// Goods that the customer sends back.
struct GoodsReturn: Equatable {
    /// Counts the order's returns from 1.
    let number: Int64
    let reason: String?
    let requestedAt: Instant
    var receivedAt: Instant?
    /// What was announced, and once it has come back what came.
    var parts: [SalePart]
}
