import ChannelKit

/// Reads what the channel keeps in one tenant.
struct EventReader {
    let services: ChannelServices

    init(_ services: ChannelServices) { self.services = services }

    /// The event with a key, nil where nobody has set it up.
    func event(_ key: String) throws -> Event? {
        try services.first(
            """
            SELECT id, key, title, place, starts_at, ends_at, time_zone, sales_start_at, sales_end_at, state, secret
            FROM events__event WHERE key = ?
            """, .text(key.lowercased()), element: Event.init)
    }

    func event(_ id: Int64) throws -> Event {
        let found = try services.first(
            """
            SELECT id, key, title, place, starts_at, ends_at, time_zone, sales_start_at, sales_end_at, state, secret
            FROM events__event WHERE id = ?
            """, .integer(id), element: Event.init)
        guard let found else { throw ChannelRefusal.notFound("no-event", "there is no such event") }
        return found
    }

    /// The event a verb's argument names.
    ///
    /// - Throws: ``ChannelRefusal``, 404 no-event.
    func event(named arguments: Details) throws -> Event {
        let key = try arguments.text("event") ?? ""
        guard let event = try event(key) else {
            throw ChannelRefusal.notFound("no-event", "there is no event \(key); events.list shows all")
        }
        return event
    }

    /// The ticket types of an event, in the order they were made.
    ///
    /// What is held beyond its time counts no more, whether or not anybody has marked it.
    func types(of event: Event) throws -> [TicketType] {
        let lapsed = try lapsedHolds(of: event)
        return try services.all(
            """
            SELECT id, event_id, key, name, price_minor, currency, tax_rate_millionths, quota, per_order,
                sales_start_at, sales_end_at, held, sold
            FROM events__ticket_type WHERE event_id = ? ORDER BY id
            """, .integer(event.id), element: TicketType.init
        ).map { type in
            var type = type
            type.held -= lapsed[type.id] ?? 0
            return type
        }
    }

    /// The ticket type of an event with a key.
    ///
    /// - Throws: ``ChannelRefusal``, 404 no-ticket-type.
    func type(_ key: String, of event: Event) throws -> TicketType {
        guard let type = try types(of: event).first(where: { $0.key == key.lowercased() }) else {
            throw ChannelRefusal.noTicketType(key, of: event)
        }
        return type
    }

    /// How many tickets of each type are held by holds that are over but not marked.
    private func lapsedHolds(of event: Event) throws -> [Int64: Int64] {
        let counts = try services.all(
            """
            SELECT ticket.type_id, count(*) FROM events__purchase AS purchase
            JOIN events__ticket AS ticket ON ticket.order_id = purchase.order_id
            WHERE purchase.event_id = ? AND purchase.hold_until_at <= ? AND ticket.state = 'held'
                AND ticket.is_test = 0
            GROUP BY ticket.type_id
            """, .integer(event.id), .integer(services.occasion.at.seconds)
        ) { ($0.integer(0), $0.integer(1)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    /// What the channel keeps of an order, nil for one to an event that nobody had set up.
    func purchase(_ order: OrderID) throws -> Purchase? {
        try services.first(
            "SELECT order_id, event_id, hold_until_at, renewed_as FROM events__purchase WHERE order_id = ?",
            .integer(order.rawValue), element: Purchase.init)
    }

    /// The tickets of an order, in its order.
    func tickets(of order: OrderID) throws -> [IssuedTicket] {
        try services.all(
            """
            SELECT ticket.id, ticket.order_id, ticket.event_id, type.key, ticket.type_id, ticket.state, ticket.is_test,
                ticket.issue, ticket.price_minor, ticket.refunded_minor, ticket.seat, ticket.attendee_name,
                ticket.attendee_email, ticket.checked_in_at, ticket.checked_in_where, ticket.checked_in_by
            FROM events__ticket AS ticket JOIN events__ticket_type AS type ON type.id = ticket.type_id
            WHERE ticket.order_id = ? ORDER BY ticket.id
            """, .integer(order.rawValue), element: IssuedTicket.init)
    }

    /// - Throws: ``ChannelRefusal``, 404 no-ticket.
    func ticket(_ id: Int64) throws -> IssuedTicket {
        let found = try services.first(
            """
            SELECT ticket.id, ticket.order_id, ticket.event_id, type.key, ticket.type_id, ticket.state, ticket.is_test,
                ticket.issue, ticket.price_minor, ticket.refunded_minor, ticket.seat, ticket.attendee_name,
                ticket.attendee_email, ticket.checked_in_at, ticket.checked_in_where, ticket.checked_in_by
            FROM events__ticket AS ticket JOIN events__ticket_type AS type ON type.id = ticket.type_id
            WHERE ticket.id = ?
            """, .integer(id), element: IssuedTicket.init)
        guard let found else { throw ChannelRefusal.noTicket }
        return found
    }

    /// The ticket a verb's argument names.
    func ticket(named arguments: Details) throws -> IssuedTicket { try ticket(arguments.integer("ticket") ?? 0) }
}

extension ChannelRefusal {
    static let noTicket = notFound("no-ticket", "there is no such ticket")

    static func noTicketType(_ key: String, of event: Event) -> ChannelRefusal {
        notFound("no-ticket-type", "\(event.key) has no ticket type \(key); events.ticket-types shows all")
    }
}
