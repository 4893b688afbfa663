import ChannelKit

/// Makes tickets, takes them out of the quotas and gives them back, in one transaction.
struct BoxOffice {
    let transaction: ChannelTransaction
    let offerMinutes: Int64

    init(_ transaction: ChannelTransaction, offerMinutes: Int64) {
        self.transaction = transaction
        self.offerMinutes = offerMinutes
    }

    var reader: EventReader { EventReader(transaction.services) }

    var at: Instant { transaction.occasion.at }

    /// Marks the holds of an event that are over; what they held is to be had again.
    ///
    /// - Returns: How many orders have expired.
    @discardableResult func expireHolds(of event: Event, atMost limit: Int = .max) throws -> Int {
        let lapsed = try transaction.services.all(
            """
            SELECT order_id FROM events__purchase WHERE event_id = ? AND hold_until_at <= ?
            ORDER BY hold_until_at LIMIT ?
            """, .integer(event.id), .integer(at.seconds), .integer(Int64(limit))
        ) { OrderID(rawValue: $0.integer(0)) }
        var change = OrderChange()
        change.state = .expired
        change.channelState = "expired"
        for order in lapsed { try transaction.update(transaction.services.order(order), change) }
        return lapsed.count
    }

    /// Makes the tickets of an order that has just been registered.
    ///
    /// - Throws: ``ChannelRefusal``, 409 quota-exhausted.
    func issue(_ request: TicketRequest, _ registration: Registration, _ draft: OrderDraft) throws {
        let state = TicketState(of: draft.state)
        if !draft.isTest {
            for (type, count) in request.counts {
                do { try adjust(type.id, by: count, from: nil, to: state) } catch let error as StorageError
                    where error.isCheckViolation
                { throw try reader.type(type.key, of: request.event).exhausted(asked: count) }
            }
        }
        let holdUntil = state == .held ? request.holdUntil : nil
        try transaction.change(
            "INSERT INTO events__purchase (order_id, event_id, hold_until_at) VALUES (?, ?, ?)",
            .integer(registration.order.rawValue), .integer(request.event.id), .integer(orNull: holdUntil?.seconds))
        if let holdUntil { try transaction.wake(at: holdUntil) }
        let prices = TicketPrice.minors(of: request, draft, registration.amounts)
        for (index, (ticket, price)) in zip(request.tickets, prices).enumerated() {
            try insert(
                ticket.wish, ticket.type, state, position: index + 1, price: price, isTest: draft.isTest,
                of: registration.order)
        }
    }

    private func insert(
        _ wish: Ticket, _ type: TicketType, _ state: TicketState, position: Int, price: Int64, isTest: Bool,
        of order: OrderID
    ) throws {
        let isIn = state == .checkedIn
        try transaction.change(
            """
            INSERT INTO events__ticket (id, order_id, position, event_id, type_id, state, is_test, price_minor,
                attendee_name, attendee_email, attendee_folded, checked_in_at, checked_in_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, .integer(IssuedTicket.id(of: order, position: position)), .integer(order.rawValue),
            .integer(Int64(position)), .integer(type.eventID), .integer(type.id), .text(state.rawValue), .flag(isTest),
            .integer(price), .text(orNull: wish.attendeeName), .text(orNull: wish.attendeeEmail),
            .text(orNull: wish.attendeeFolded), .integer(orNull: isIn ? at.seconds : nil),
            .text(orNull: isIn ? transaction.occasion.actor.description : nil))
        try seat(wish, on: IssuedTicket.id(of: order, position: position))
    }

    /// Gives a ticket the seat it asks for.
    ///
    /// - Throws: ``ChannelRefusal``, 409 seat-taken.
    func seat(_ wish: Ticket, on ticket: Int64) throws {
        guard let seat = wish.seat else { return }
        do {
            try transaction.change(
                "UPDATE events__ticket SET seat = ?, seat_key = ? WHERE id = ?", .text(seat),
                .text(orNull: wish.seatKey), .integer(ticket))
        } catch let error as StorageError where error.isUniqueViolation {
            throw ChannelRefusal.conflict(
                "seat-taken", "the seat \(seat) is taken", details: [.init(name: "seat", value: .string(seat))])
        }
    }

    /// Keeps a type's numbers in step with so many tickets that change their state; nil for tickets that come new.
    func adjust(_ type: Int64, by count: Int64, from: TicketState?, to: TicketState) throws {
        let before = from?.share ?? TicketState.cancelled.share
        let after = to.share
        let (held, sold) = ((after.held - before.held) * count, (after.sold - before.sold) * count)
        guard held != 0 || sold != 0 else { return }
        try transaction.change(
            "UPDATE events__ticket_type SET held = held + ?, sold = sold + ? WHERE id = ?", .integer(held),
            .integer(sold), .integer(type))
    }
}

extension TicketState {
    /// What a ticket of an order in a common state is.
    init(of state: OrderState) {
        switch state {
        case .open: self = .held
        case .confirmed: self = .valid
        case .completed: self = .checkedIn
        case .cancelled, .refunded: self = .cancelled
        case .expired: self = .expired
        }
    }
}
