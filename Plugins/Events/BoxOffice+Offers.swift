import ChannelKit

extension BoxOffice {
    /// Holds what is free for those who wait, and writes to them: first come, first served; whoever waits for more than
    /// there is goes on waiting and is overtaken.
    ///
    /// - Returns: Who got an offer, and its order.
    @discardableResult func offer(_ event: Event) throws -> [(customer: CustomerID, order: OrderID)] {
        guard event.state == .onSale else { return [] }
        if try isAwaited(event) { try wakeForSale(of: event, reader.types(of: event)) }
        guard event.sales.contains(at) else { return [] }
        try expireHolds(of: event)
        var offers: [(customer: CustomerID, order: OrderID)] = []
        for type in try reader.types(of: event) where type.sales.contains(at) {
            var left = type.left ?? .max
            while left > 0, let entry = try firstWaiting(for: type, atMost: left) {
                guard let order = try hold(entry, type, event) else { continue }
                left -= entry.count
                offers.append((entry.customer, order))
            }
        }
        return offers
    }

    /// Lets the channel be woken when the next sale of these types begins, for those who wait for it.
    func wakeForSale(of event: Event, _ types: [TicketType]) throws {
        let starts = types.compactMap { type in [event.salesStartAt, type.salesStartAt].compactMap(\.self).max() }
        if let next = starts.filter({ $0 > at }).min() { try transaction.wake(at: next) }
    }

    /// Whether anybody waits for tickets to an event.
    func isAwaited(_ event: Event) throws -> Bool {
        try transaction.services.first(
            "SELECT 1 FROM events__waiting WHERE event_id = ? AND state = 'waiting' LIMIT 1", .integer(event.id)
        ) { $0.integer(0) } != nil
    }

    /// Notes what became of the tickets that were offered.
    func answerOffer(_ order: Order) throws {
        let state =
            switch order.state {
            case .open: "offered"
            case .confirmed, .completed: "taken"
            case .expired: "expired"
            case .cancelled, .refunded: "left"
            }
        try transaction.change(
            "UPDATE events__waiting SET state = ? WHERE order_id = ? AND state = 'offered'", .text(state),
            .integer(order.id.rawValue))
    }

    private func firstWaiting(for type: TicketType, atMost left: Int64) throws -> WaitingEntry? {
        try transaction.services.first(
            """
            SELECT waiting.id, waiting.customer_id, type.key, waiting.count, waiting.joined_at, waiting.state,
                waiting.order_id
            FROM events__waiting AS waiting JOIN events__ticket_type AS type ON type.id = waiting.type_id
            WHERE waiting.type_id = ? AND waiting.state = 'waiting' AND waiting.count <= ?
            ORDER BY waiting.id LIMIT 1
            """, .integer(type.id), .integer(left), element: WaitingEntry.init)
    }

    /// Holds what somebody waits for; nil for somebody who may not order, and waits no more.
    private func hold(_ entry: WaitingEntry, _ type: TicketType, _ event: Event) throws -> OrderID? {
        do {
            return try transaction.attempt {
                let until = Instant(seconds: at.seconds + offerMinutes * 60)
                let order = try register(entry, type, event, until)
                try transaction.change(
                    "UPDATE events__waiting SET state = 'offered', order_id = ? WHERE id = ?", .integer(order.rawValue),
                    .integer(entry.id))
                try transaction.note("waiting-offered", customer: entry.customer, order: order) { writer in
                    writer.member("event", event.key)
                    writer.member("type", type.key)
                    writer.member("count", entry.count)
                    writer.member("until", until.text)
                }
                let letter = EventLetter.offer(entry.count, type, until: until, order)
                try letter.send(to: entry.customer, about: event, transaction)
                return order
            }
        } catch is any Refusal {
            try transaction.change("UPDATE events__waiting SET state = 'left' WHERE id = ?", .integer(entry.id))
            return nil
        }
    }

    private func register(_ entry: WaitingEntry, _ type: TicketType, _ event: Event, _ until: Instant) throws -> OrderID
    {
        let wish = JSONWriter.object { $0.member("type", type.key) }
        let tickets = try (0..<entry.count).map { _ in try JSON(parsing: wish.bytes) }
        var draft = try HoldDraft.make(
            event, tickets: tickets, until: until, buyer: .customer(entry.customer), currency: type.price.currency)
        draft.isTest = try transaction.services.customer(entry.customer).isTest
        return try transaction.register(draft).order
    }
}
