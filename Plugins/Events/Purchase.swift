import ChannelKit

/// What the channel keeps of an order to an event that is set up.
struct Purchase: Sendable, Equatable {
    let order: OrderID
    let eventID: Int64
    /// From when on its tickets are held no more; nil once they are paid, and for a hold without end.
    let holdUntil: Instant?
    /// The order that took the place of this one, which had expired.
    let renewedAs: OrderID?

    /// Reads order_id, event_id, hold_until_at, renewed_as.
    init(_ row: Row) {
        order = OrderID(rawValue: row.integer(0))
        eventID = row.integer(1)
        holdUntil = row.integerOrNil(2).map(Instant.init(seconds:))
        renewedAs = row.integerOrNil(3).map(OrderID.init(rawValue:))
    }

    /// Whether it was held and the time is over.
    func hasLapsed(at: Instant) -> Bool { holdUntil.map { $0 <= at } ?? false }
}
