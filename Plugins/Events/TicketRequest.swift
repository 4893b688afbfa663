import ChannelKit

/// What an order asks of an event that is set up.
struct TicketRequest {
    let event: Event
    let tickets: [(wish: Ticket, type: TicketType)]
    /// Until when the tickets are held; nil for no end.
    let holdUntil: Instant?
    let details: Details

    /// Nil for what nothing is counted of: free text, a return, and an order that is over when it comes in.
    ///
    /// - Throws: ``ChannelRefusal``, 404 no-ticket-type.
    init?(_ draft: OrderDraft, _ reader: EventReader) throws {
        guard draft.kind == .order, !draft.state.isClosed else { return nil }
        details = try Details(JSON(parsing: draft.details.bytes))
        guard let event = try reader.event(details.text("event") ?? "") else { return nil }
        let types = try reader.types(of: event)
        guard !types.isEmpty else { return nil }
        self.event = event
        holdUntil = try details.instant("hold_until", zone: event.zone)
        tickets = try details.objects("tickets").map { ticket in
            let wish = try Ticket(ticket)
            guard let type = types.first(where: { $0.key == wish.type.lowercased() }) else {
                throw ChannelRefusal.noTicketType(wish.type, of: event)
            }
            return (wish, type)
        }
    }

    /// The types that are asked for, each with how many, in the order they are named.
    var counts: [(type: TicketType, count: Int64)] {
        var counts: [(type: TicketType, count: Int64)] = []
        for (_, type) in tickets {
            if let known = counts.firstIndex(where: { $0.type.id == type.id }) {
                counts[known].count += 1
            } else {
                counts.append((type, 1))
            }
        }
        return counts
    }

    /// The lines of an order that has told none, at the prices of the types.
    ///
    /// - Throws: ``ChannelRefusal`` where the prices are in another currency.
    func lines(in currency: Currency) throws -> [OrderLine] {
        try counts.map { type, count in
            guard type.price.currency == currency else {
                throw ChannelRefusal(
                    "other-currency", "\(type.name) is sold in \(type.price.currency.code); give lines or that currency"
                )
            }
            return try type.line(of: event, count: count)
        }
    }

    /// Refuses what is not sold at a time, and more than an order may have or than are left.
    ///
    /// - Throws: ``ChannelRefusal``.
    func check(soldAt at: Instant) throws {
        guard tickets.count <= IssuedTicket.limit else {
            throw details.bad("tickets", "an order has at most \(IssuedTicket.limit) tickets")
        }
        switch event.state {
        case .onSale: break
        case .closed: throw ChannelRefusal.conflict("sales-closed", "no more tickets to \(event.title) are sold")
        case .cancelled: throw ChannelRefusal.eventCancelled(event)
        }
        try event.sales.check(at, of: event.title)
        for (type, count) in counts {
            try type.sales.check(at, of: type.name)
            if let most = type.perOrder, count > most {
                throw ChannelRefusal(
                    "too-many-tickets", "an order may have at most \(most) of \(type.name)",
                    details: [
                        .init(name: "type", value: .string(type.key)),
                        .init(name: "most", value: .number(String(most))),
                    ])
            }
            if let left = type.left, count > left { throw type.exhausted(asked: count) }
        }
    }

    /// - Throws: ``ChannelRefusal`` for a hold that is over before it begins.
    func checkHold(at: Instant) throws {
        if let holdUntil, holdUntil <= at { throw details.bad("hold_until", "it is over already") }
    }
}

extension ChannelRefusal {
    static func eventCancelled(_ event: Event) -> ChannelRefusal {
        .conflict("event-cancelled", "\(event.title) was cancelled")
    }
}
