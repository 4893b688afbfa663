import ChannelKit

/// An event that takes place at another time or elsewhere, while its orders are being told.
struct Move: Sendable, Equatable {
    let eventID: Int64
    /// Where it was to begin before.
    let fromAt: Instant
    let fromPlace: String?
    /// Whether the buyers and attendees are written to.
    let isTold: Bool
    /// Orders after this one came in when it had moved already.
    let lastOrder: OrderID
    /// Orders up to here know.
    let doneOrder: OrderID

    /// Reads event_id, from_at, from_place, is_told, last_order, done_order.
    init(_ row: Row) {
        eventID = row.integer(0)
        fromAt = Instant(seconds: row.integer(1))
        fromPlace = row.textOrNil(2)
        isTold = row.flag(3)
        lastOrder = OrderID(rawValue: row.integer(4))
        doneOrder = OrderID(rawValue: row.integer(5))
    }
}
