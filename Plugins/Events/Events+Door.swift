import ChannelKit

extension Events {
    func checkIn(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        let event = try office.reader.event(named: arguments)
        let ticket = try presented(arguments, office.reader)
        guard ticket.eventID == event.id else {
            let other = try office.reader.event(ticket.eventID)
            throw ChannelRefusal.conflict(
                "wrong-event", "this is a ticket to \(other.title)",
                details: [.init(name: "event", value: .string(other.key))])
        }
        guard event.state != .cancelled else { throw ChannelRefusal.eventCancelled(event) }
        guard ticket.state == .valid else { throw ticket.refusal }
        let place = try arguments.filledText("where")
        let order = try transaction.services.order(ticket.order)
        try office.put(ticket, into: .checkedIn, place: place)
        try transaction.note("checked-in", customer: order.match.customer, order: order.id) { writer in
            writer.member("event", event.key)
            writer.member("ticket", ticket.id)
            writer.member("where", place)
        }
        try office.completeIfAllAreIn(order)
        return .ok(try office.reader.ticket(ticket.id).shape(in: order.amounts.total.currency))
    }

    func undoCheckIn(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        let ticket = try office.reader.ticket(named: arguments)
        let order = try transaction.services.order(ticket.order)
        guard ticket.state == .checkedIn else {
            throw ChannelRefusal.conflict("not-checked-in", "the ticket was not checked in")
        }
        guard !order.state.isClosed else { throw OrderError.closed(order.state) }
        try office.put(ticket, into: .valid)
        try transaction.note("check-in-undone", customer: order.match.customer, order: order.id) {
            $0.member("ticket", ticket.id)
        }
        if order.state == .completed {
            var change = OrderChange()
            change.state = .confirmed
            change.channelState = "paid"
            try transaction.update(order, change)
        }
        return .ok(try office.reader.ticket(ticket.id).shape(in: order.amounts.total.currency))
    }

    func attendees(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let event = try EventReader(services).event(named: arguments)
        let after = try page.position(1) { $0[0].integerValue }
        let state = try arguments.word("state", among: TicketState.allCases.map(\.rawValue))
        let search = try arguments.filledText("search").map(Folding.folded)
        let found = try services.all(
            """
            SELECT ticket.id, ticket.order_id, ticket.event_id, type.key, ticket.type_id, ticket.state, ticket.is_test,
                ticket.issue, ticket.price_minor, ticket.refunded_minor, ticket.seat, ticket.attendee_name,
                ticket.attendee_email, ticket.checked_in_at, ticket.checked_in_where, ticket.checked_in_by,
                type.currency
            FROM events__ticket AS ticket JOIN events__ticket_type AS type ON type.id = ticket.type_id
            WHERE ticket.event_id = ? AND ticket.id > ? AND (?3 IS NULL OR ticket.state = ?3)
                AND (?4 IS NULL OR instr(ticket.attendee_folded, ?4) > 0)
            ORDER BY ticket.id LIMIT ?5
            """, .integer(event.id), .integer(after ?? 0), .text(orNull: state), .text(orNull: search),
            .integer(Int64(page.limit))
        ) { (ticket: IssuedTicket($0), currency: try Currency($0.text(16))) }
        let next = found.count == page.limit ? found.last : nil
        return .list(found.map { $0.ticket.shape(in: $0.currency) }, next: next.map { [.number(String($0.ticket.id))] })
    }

    /// The ticket whose number or secret somebody shows at the door.
    private func presented(_ arguments: Details, _ reader: EventReader) throws -> IssuedTicket {
        switch (try arguments.integer("ticket"), try arguments.text("secret")) {
        case (let number?, nil): return try reader.ticket(number)
        case (nil, let text?):
            guard let secret = TicketSecret(parsing: text) else { throw ChannelRefusal.noTicket }
            let ticket = try reader.ticket(secret.ticket)
            guard secret.opens(TicketSecret(of: ticket, to: try reader.event(ticket.eventID))) else {
                throw ChannelRefusal.noTicket
            }
            return ticket
        case (nil, nil): throw ChannelRefusal.incomplete(["ticket", "secret"])
        case (_?, _?): throw arguments.bad("secret", "give either the ticket or its secret")
        }
    }
}
