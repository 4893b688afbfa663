import ChannelKit

/// A ticket that was made for an order.
struct IssuedTicket: Sendable, Equatable {
    /// The order's id and the ticket's place in it, so no id is given out twice.
    let id: Int64
    let order: OrderID
    let eventID: Int64
    let type: String
    let typeID: Int64
    let state: TicketState
    let isTest: Bool
    /// How often a secret was made for it; only the latest opens a door.
    let issue: Int64
    /// After its share of the order's discount.
    let priceMinor: Int64
    let refundedMinor: Int64
    let seat: String?
    let attendeeName: String?
    let attendeeEmail: String?
    let checkedInAt: Instant?
    let checkedInWhere: String?
    let checkedInBy: String?

    /// An order may have so many tickets.
    static let limit = 999

    static func id(of order: OrderID, position: Int) -> Int64 { order.rawValue * 1_000 + Int64(position) }

    /// Counted from 1.
    var position: Int { Int(id % 1_000) }

    /// Reads id, order_id, event_id, the type's key, type_id, state, is_test, issue, price_minor, refunded_minor,
    /// seat, attendee_name, attendee_email, checked_in_at, checked_in_where, checked_in_by.
    init(_ row: Row) {
        id = row.integer(0)
        order = OrderID(rawValue: row.integer(1))
        eventID = row.integer(2)
        type = row.text(3)
        typeID = row.integer(4)
        state = TicketState(rawValue: row.text(5)) ?? .cancelled
        isTest = row.flag(6)
        issue = row.integer(7)
        priceMinor = row.integer(8)
        refundedMinor = row.integer(9)
        seat = row.textOrNil(10)
        attendeeName = row.textOrNil(11)
        attendeeEmail = row.textOrNil(12)
        checkedInAt = row.integerOrNil(13).map(Instant.init(seconds:))
        checkedInWhere = row.textOrNil(14)
        checkedInBy = row.textOrNil(15)
    }

    /// The ticket as an answer shows it, in the order's currency; `secret` only for whoever prints tickets.
    func shape(in currency: Currency, secret: TicketSecret? = nil) -> JSONFragment {
        JSONWriter.object { writer in
            write(to: &writer, in: currency)
            if let secret { writer.member("secret", secret.text) }
        }
    }

    private func write(to writer: inout JSONWriter, in currency: Currency) {
        writer.member("ticket", id)
        writer.member("order", order.rawValue)
        writer.member("type", type)
        writer.member("state", state.rawValue)
        writer.name("attendee")
        if attendeeName == nil, attendeeEmail == nil {
            writer.null()
        } else {
            writer.beginObject()
            writer.member("name", attendeeName)
            writer.member("email", attendeeEmail)
            writer.endObject()
        }
        writer.member("seat", seat)
        writer.member("price", Money(minor: priceMinor, currency: currency).text)
        writer.member("refunded", Money(minor: refundedMinor, currency: currency).text)
        writer.member("checked_in_at", checkedInAt?.text)
        writer.member("where", checkedInWhere)
        writer.member("by", checkedInBy)
        writer.member("test", isTest)
    }
}
