import ChannelKit

/// What has become of one line of an order; quantities in millionths of a unit.
struct SaleLine: Equatable {
    /// The line's place in the order, from 1.
    let number: Int64
    let sku: String?
    let name: String?
    let ordered: Int64
    /// What the whole line comes to after the discount, in minor units; at least 0.
    let valueMinor: Int64
    /// Shipped, or handed over in another way.
    var fulfilled: Int64 = 0
    /// Announced to come back.
    var returning: Int64 = 0
    /// Come back.
    var returned: Int64 = 0
    /// Whose price has been given back.
    var refunded: Int64 = 0
    /// Not to be fulfilled any more.
    var cancelled: Int64 = 0

    /// Still to be fulfilled.
    var open: Int64 { ordered - fulfilled - cancelled }

    /// What could still come back.
    var returnable: Int64 { fulfilled - returned - returning }

    /// What the first units of the line come to: all of them together come to exactly the line's value.
    func value(ofFirst quantity: Int64) -> Int64 {
        guard ordered > 0 else { return 0 }
        return Int64(Int128(valueMinor) * Int128(quantity) / Int128(ordered))
    }
}

/// A part of a line that takes part in a shipment, a return or a refund.
struct SalePart: Equatable {
    let line: Int64
    /// In millionths of a unit; above 0.
    var quantity: Int64
}
