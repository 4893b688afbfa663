import ChannelKit

extension BoxOffice {
    /// Refuses to pay a hold that is over while others wait for what it holds: it is their turn.
    ///
    /// - Throws: ``ChannelRefusal``, 410 expired.
    func checkTurn(_ order: Order, from before: Order, _ purchase: Purchase) throws {
        guard before.state == .open, [.confirmed, .completed].contains(order.state), purchase.hasLapsed(at: at),
            try isAwaited(reader.event(purchase.eventID))
        else { return }
        throw ChannelRefusal.gone("expired", "the hold is over and others wait for its tickets; events.pay buys anew")
    }

    /// Lets the tickets follow their order's state; who is in stays in, and keeps the place, when the order is refunded.
    ///
    /// - Returns: Whether tickets are to be had again.
    /// - Throws: ``ChannelRefusal``, 409 checked-in, for an order that is cancelled while somebody is in.
    func settle(_ order: Order, from before: Order) throws -> Bool {
        var freed = 0
        switch order.state {
        case .open, .confirmed:
            let target = TicketState(of: order.state)
            let other: TicketState = order.state == .open ? .valid : .held
            try shift(order.id, from: other, to: target)
            // An order put back by hand puts its tickets back; one check-in undone has done so before.
            if before.state == .completed, try !reader.tickets(of: order.id).contains(where: { $0.state == target }) {
                try shift(order.id, from: .checkedIn, to: target)
            }
        case .completed:
            try shift(order.id, from: .held, to: .checkedIn)
            try shift(order.id, from: .valid, to: .checkedIn)
        case .cancelled, .refunded, .expired:
            let target = TicketState(of: order.state)
            if order.state != .refunded { try refuseCheckedIn(order.id) }
            freed += try shift(order.id, from: .held, to: target)
            freed += try shift(order.id, from: .valid, to: target)
        }
        if order.state != .open {
            try transaction.change(
                "UPDATE events__purchase SET hold_until_at = NULL WHERE order_id = ?", .integer(order.id.rawValue))
            try answerOffer(order)
        }
        return freed > 0
    }

    private func refuseCheckedIn(_ order: OrderID) throws {
        let tickets = try reader.tickets(of: order).filter { $0.state == .checkedIn && !$0.isTest }
        guard !tickets.isEmpty else { return }
        throw ChannelRefusal.conflict(
            "checked-in", "somebody came in with a ticket of this order; events.undo-check-in comes first",
            details: [.init(name: "tickets", value: .array(tickets.map { .number(String($0.id)) }))])
    }

    /// Cancels the tickets of an order that stays as it is; who is in stays in.
    func cancelTickets(of order: OrderID) throws {
        for state in [TicketState.held, .valid] { try shift(order, from: state, to: .cancelled) }
    }

    /// Puts all tickets of an order that are in one state into another, and returns how many.
    @discardableResult private func shift(_ order: OrderID, from: TicketState, to: TicketState) throws -> Int {
        let counts = try transaction.services.all(
            """
            SELECT type_id, count(*) FROM events__ticket WHERE order_id = ? AND state = ? AND is_test = 0
            GROUP BY type_id
            """, .integer(order.rawValue), .text(from.rawValue)
        ) { (type: $0.integer(0), count: $0.integer(1)) }
        let isIn = to == .checkedIn
        let changed = try transaction.change(
            """
            UPDATE events__ticket SET state = ?, checked_in_at = ?, checked_in_by = ?, checked_in_where = NULL
            WHERE order_id = ? AND state = ?
            """, .text(to.rawValue), .integer(orNull: isIn ? at.seconds : nil),
            .text(orNull: isIn ? transaction.occasion.actor.description : nil), .integer(order.rawValue),
            .text(from.rawValue))
        for (type, count) in counts { try adjust(type, by: count, from: from, to: to) }
        return changed
    }

    /// Puts one ticket from the state it is in into another.
    func put(_ ticket: IssuedTicket, into state: TicketState, place: String? = nil) throws {
        let isIn = state == .checkedIn
        try transaction.change(
            """
            UPDATE events__ticket SET state = ?, checked_in_at = ?, checked_in_by = ?, checked_in_where = ?
            WHERE id = ? AND state = ?
            """, .text(state.rawValue), .integer(orNull: isIn ? at.seconds : nil),
            .text(orNull: isIn ? transaction.occasion.actor.description : nil), .text(orNull: place),
            .integer(ticket.id), .text(ticket.state.rawValue))
        if !ticket.isTest { try adjust(ticket.typeID, by: 1, from: ticket.state, to: state) }
    }

    /// Takes over what changed details say of attendees, seats and the hold; the tickets themselves are fixed.
    ///
    /// - Throws: ``ChannelRefusal`` for other tickets, or another event.
    func adopt(_ order: Order, _ purchase: Purchase) throws {
        let details = try Details(storedWith: order)
        let event = try reader.event(purchase.eventID)
        let wishes = try details.objects("tickets").map(Ticket.init)
        let tickets = try reader.tickets(of: order.id)
        guard try details.text("event")?.lowercased() == event.key,
            wishes.map({ $0.type.lowercased() }) == tickets.map(\.type)
        else {
            throw ChannelRefusal(
                "tickets-fixed", "the event, the number and the types of the tickets stay; cancel and order anew")
        }
        for (wish, ticket) in zip(wishes, tickets) {
            try transaction.change(
                """
                UPDATE events__ticket SET attendee_name = ?, attendee_email = ?, attendee_folded = ? WHERE id = ?
                """, .text(orNull: wish.attendeeName), .text(orNull: wish.attendeeEmail),
                .text(orNull: wish.attendeeFolded), .integer(ticket.id))
        }
        // All seats are free before the first is taken: tickets may exchange theirs.
        let changed = zip(wishes, tickets).filter { wish, ticket in wish.seat != ticket.seat }
        for (_, ticket) in changed {
            try transaction.change(
                "UPDATE events__ticket SET seat = NULL, seat_key = NULL WHERE id = ?", .integer(ticket.id))
        }
        for (wish, ticket) in changed { try seat(wish, on: ticket.id) }
        if order.state == .open {
            let holdUntil = try details.instant("hold_until", zone: event.zone)
            try transaction.change(
                "UPDATE events__purchase SET hold_until_at = ? WHERE order_id = ?",
                .integer(orNull: holdUntil?.seconds),
                .integer(order.id.rawValue))
            if let holdUntil { try transaction.wake(at: holdUntil) }
        }
    }

    /// Calls an order checked in once everybody of it is.
    func completeIfAllAreIn(_ order: Order) throws {
        let states = try reader.tickets(of: order.id).map(\.state).filter { $0.share != (0, 0) }
        guard order.state == .confirmed, !states.isEmpty, states.allSatisfy({ $0 == .checkedIn }) else { return }
        var change = OrderChange()
        change.state = .completed
        change.channelState = "checked-in"
        try transaction.update(order, change)
    }
}
