import ChannelKit

/// Somebody who waits for tickets.
struct WaitingEntry: Sendable, Equatable {
    let id: Int64
    let customer: CustomerID
    let type: String
    let count: Int64
    let joinedAt: Instant
    /// "waiting", "offered", "taken", "expired" or "left".
    let state: String
    /// The hold that was offered.
    let order: OrderID?

    /// Reads id, customer_id, the type's key, count, joined_at, state, order_id.
    init(_ row: Row) {
        id = row.integer(0)
        customer = CustomerID(rawValue: row.integer(1))
        type = row.text(2)
        count = row.integer(3)
        joinedAt = Instant(seconds: row.integer(4))
        state = row.text(5)
        order = row.integerOrNil(6).map(OrderID.init(rawValue:))
    }

    var shape: JSONFragment {
        JSONWriter.object { writer in
            writer.member("customer", customer.rawValue)
            writer.member("type", type)
            writer.member("count", count)
            writer.member("joined", joinedAt.text)
            writer.member("state", state)
            writer.member("order", order?.rawValue)
        }
    }
}
