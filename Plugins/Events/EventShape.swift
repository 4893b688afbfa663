import ChannelKit

/// How answers show events and ticket types.
enum EventShape {
    /// An event; `types` are nil in lists, `affected` wherever nothing was changed.
    static func event(_ event: Event, types: [TicketType]?, affected: Int64? = nil) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("event", event.key)
            writer.member("title", event.title)
            writer.member("place", event.place)
            writer.member("starts", event.startsAt.text)
            writer.member("ends", event.endsAt?.text)
            writer.member("time_zone", event.zone.identifier)
            writer.member("local_start", event.localStart)
            writer.member("sales_starts", event.salesStartAt?.text)
            writer.member("sales_ends", event.salesEndAt?.text)
            writer.member("state", event.state.rawValue)
            if let affected { writer.member("affected", affected) }
            guard let types else { return }
            writer.name("ticket_types")
            writer.beginArray()
            for type in types { writer.fragment(Self.type(type)) }
            writer.endArray()
        }
    }

    static func type(_ type: TicketType) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("type", type.key)
            writer.member("name", type.name)
            writer.member("price", type.price.text)
            writer.member("currency", type.price.currency.code)
            writer.member("tax_rate", type.taxRate?.text)
            writer.member("quota", type.quota)
            writer.member("sold", type.sold)
            writer.member("held", type.held)
            writer.member("left", type.left)
            writer.member("per_order", type.perOrder)
            writer.member("sales_starts", type.salesStartAt?.text)
            writer.member("sales_ends", type.salesEndAt?.text)
        }
    }

    /// An order with its tickets.
    ///
    /// With `showsSecrets` those that open a door come with what is to be printed on them.
    static func order(_ order: Order, _ reader: EventReader, showsSecrets: Bool = false) throws -> JSONFragment {
        let purchase = try reader.purchase(order.id)
        let event = try purchase.map { try reader.event($0.eventID) }
        let tickets = try reader.tickets(of: order.id)
        let currency = order.amounts.total.currency
        return JSONWriter.object { writer in
            writer.member("order", order.id.rawValue)
            writer.member("ext", order.ext)
            writer.member("customer", order.match.customer?.rawValue)
            writer.member("event", event?.key)
            writer.member("title", event?.title)
            writer.member("place", event?.place)
            writer.member("starts", event?.startsAt.text)
            writer.member("local_start", event?.localStart)
            writer.member("state", order.channelState ?? order.state.rawValue)
            writer.member("expires", purchase?.holdUntil?.text)
            writer.member("total", order.amounts.total.text)
            writer.member("paid", order.paid.text)
            writer.member("refunded", order.refunded.text)
            writer.member("currency", currency.code)
            writer.name("tickets")
            writer.beginArray()
            for ticket in tickets {
                let isGood = ticket.state == .valid || ticket.state == .checkedIn
                let secret = event.flatMap { showsSecrets && isGood ? TicketSecret(of: ticket, to: $0) : nil }
                writer.fragment(ticket.shape(in: currency, secret: secret))
            }
            writer.endArray()
        }
    }
}
