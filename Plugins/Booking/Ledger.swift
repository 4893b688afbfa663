import ChannelKit

/// Keeps the table of bookings in step with the orders.
struct Ledger {
    private let transaction: ChannelTransaction
    private let desk: Desk

    init(_ transaction: ChannelTransaction) {
        self.transaction = transaction
        desk = Desk(services: transaction.services)
    }

    /// Enters a new order's booking.
    ///
    /// - Throws: ``ChannelRefusal`` when it is not to be had.
    func enter(_ order: Order) throws {
        let details = try Details(storedWith: order)
        let takesPlace = takesPlace(order)
        let appointment = try desk.arrange(
            details, isTest: order.isTest, choosing: takesPlace ? .refused : .none
        ).appointment
        if takesPlace { try desk.refuseUnfree(appointment, details, besides: order.id) }
        try write(appointment, of: order)
    }

    /// Lets a booking follow a change of its order.
    ///
    /// - Throws: ``ChannelRefusal`` when the time or the place it gets is not to be had.
    func follow(_ order: Order, from before: Order) throws {
        let details = try Details(storedWith: order)
        let former = try Details(storedWith: before)
        try refuseOtherParty(details, former, of: order)
        try refuseOtherLength(details, former, of: order)
        try refuseOtherService(details, former)
        let isMoved = Self.terms.contains { details.json[$0] != former.json[$0] }
        if isMoved || (takesPlace(order) && !takesPlace(before)) {
            try enter(order)
        } else if try !update(order) {
            try enterUnchecked(order, details)
        }
        try note(order, from: before, isMoved ? (former, details) : nil)
    }

    /// Refuses another party where the order was priced by the people of the former one.
    private func refuseOtherParty(_ details: Details, _ former: Details, of order: Order) throws {
        let party = try former.integer("party_size") ?? 1
        guard try details.integer("party_size") ?? 1 != party,
            let service = try Catalogue(services: transaction.services).service(former.text("service") ?? ""),
            service.isPricedPerPerson,
            try transaction.services.lines(of: order).contains(where: {
                $0.sku == service.key && $0.quantity.micros == party * 1_000_000
            })
        else { return }
        throw ChannelRefusal.conflict(
            "party-fixed", "\(service.name) was priced for a party of \(party), which stays; cancel and book anew")
    }

    /// Refuses to others than staff a length that is neither its service's nor the one it had.
    private func refuseOtherLength(_ details: Details, _ former: Details, of order: Order) throws {
        guard order.kind == .order, let span = BookedSpan(storedIn: details),
            let service = try Catalogue(services: transaction.services).service(details.text("service") ?? "")
        else { return }
        let isSame = try Service.key(former.text("service") ?? "") == service.key
        if isSame, BookedSpan(storedIn: former)?.length == span.length { return }
        try service.refuseOtherLength(span, transaction.occasion.actor)
    }

    /// Refuses to others than staff another service where one of the two has a price: the order's would stay.
    private func refuseOtherService(_ details: Details, _ former: Details) throws {
        let words = try [former, details].map { try $0.text("service") ?? "" }
        guard !transaction.occasion.actor.isStaff, Service.key(words[0]) != Service.key(words[1]) else { return }
        let catalogue = Catalogue(services: transaction.services)
        guard try words.contains(where: { try catalogue.service($0)?.price != nil }) else { return }
        throw ChannelRefusal.conflict(
            "service-fixed", "it was booked and priced as \(words[0]), which stays; cancel and book anew")
    }

    /// Puts bookings that are not over, and were made as free text, where they belong now that it is set up.
    ///
    /// They keep others out from now on; whether they fit beside each other nobody asks any more.
    func adopt() throws {
        let now = transaction.occasion.at.seconds
        var last: (start: Int64, order: Int64) = (now - 366 * 86_400, 0)
        while true {
            let rows = try transaction.services.all(
                """
                SELECT start_at, order_id FROM booking__booking
                WHERE (start_at, order_id) > (?, ?) AND end_at > ? AND takes_place = 1
                    AND (service_id IS NULL OR resource_id IS NULL)
                ORDER BY start_at, order_id LIMIT 500
                """, .integer(last.start), .integer(last.order), .integer(now)
            ) { (start: $0.integer(0), order: $0.integer(1)) }
            for row in rows {
                let order = try transaction.services.order(OrderID(rawValue: row.order))
                let details = try Details(storedWith: order)
                do {
                    let appointment = try desk.arrange(details, isTest: order.isTest, choosing: .none).appointment
                    if appointment.place != nil { try write(appointment, of: order) }
                } catch is ChannelRefusal {
                    // What does not fit what was set up stays the free text it is.
                }
            }
            guard rows.count == 500, let end = rows.last else { return }
            last = end
        }
    }

    /// The members of the details that say what is booked.
    private static let terms = ["service", "resource", "start_at", "end_at", "time_zone", "party_size"]

    private func takesPlace(_ order: Order) -> Bool {
        BookingState.takesPlace(order.kind, order.state, order.channelState)
    }

    /// - Returns: Whether the table has the booking.
    private func update(_ order: Order) throws -> Bool {
        try transaction.change(
            "UPDATE booking__booking SET state = ?, takes_place = ? WHERE order_id = ?",
            .text(BookingState.own(order)), .flag(takesPlace(order)), .integer(order.id.rawValue)) > 0
    }

    /// Enters an order of before there was a table: nobody checked it, and nobody is kept out by it.
    private func enterUnchecked(_ order: Order, _ details: Details) throws {
        guard let span = BookedSpan(storedIn: details) else { return }
        // Details of long ago may hold anything.
        let party = (try? details.integer("party_size")) ?? 1
        try write(Appointment(nil, on: nil, called: nil, span, partySize: max(party, 1), isTest: false), of: order)
    }

    private func write(_ appointment: Appointment, of order: Order) throws {
        let busy = appointment.busy
        try transaction.change(
            """
            INSERT INTO booking__booking (order_id, service_id, resource_id, start_at, end_at, time_zone, party_size,
                state, place, seats, busy_from, busy_to, length_class, takes_place)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (order_id) DO UPDATE SET service_id = excluded.service_id, resource_id = excluded.resource_id,
                start_at = excluded.start_at, end_at = excluded.end_at, time_zone = excluded.time_zone,
                party_size = excluded.party_size, state = excluded.state, place = excluded.place,
                seats = excluded.seats, busy_from = excluded.busy_from, busy_to = excluded.busy_to,
                length_class = excluded.length_class, takes_place = excluded.takes_place
            """,
            .integer(order.id.rawValue), .integer(orNull: appointment.service?.id),
            .integer(orNull: appointment.resource?.id), .integer(appointment.span.start.seconds),
            .integer(appointment.span.end.seconds), .text(appointment.span.zone.identifier),
            .integer(appointment.partySize), .text(BookingState.own(order)), .text(orNull: appointment.place?.key),
            .integer(orNull: appointment.seats), .integer(busy.lowerBound), .integer(busy.upperBound),
            // What takes no place may be of any length.
            .integer(Occupation.lengthClass(of: busy.upperBound - busy.lowerBound) ?? 7), .flag(takesPlace(order)))
    }

    private func note(_ order: Order, from before: Order, _ moved: (from: Details, to: Details)?) throws {
        if let moved {
            let isElsewhere = ["start_at", "end_at", "resource"].contains { moved.from.json[$0] != moved.to.json[$0] }
            let event = isElsewhere ? "rescheduled" : "changed"
            try transaction.note(event, customer: order.match.customer, order: order.id) { writer in
                for (name, details) in [("from", moved.from), ("to", moved.to)] {
                    writer.name(name)
                    writer.json(
                        .object(
                            Self.terms.compactMap { term in
                                details.json[term].map { JSON.Member(name: term, value: $0) }
                            }))
                }
            }
        } else if let own = order.channelState, own != before.channelState {
            try transaction.note(own, customer: order.match.customer, order: order.id)
        }
    }
}
