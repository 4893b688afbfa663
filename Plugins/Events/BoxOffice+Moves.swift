import ChannelKit

extension BoxOffice {
    /// So many orders are told of a move before other requests may come in between.
    static let moveLimit = 200

    /// Notes with each order that can still be used that its event has moved: with some at once, with the others when
    /// the channel is woken.
    ///
    /// With `isTold` the buyers and attendees are written to.
    ///
    /// - Returns: How many orders there are.
    func move(_ event: Event, from former: Event, isTold: Bool) throws -> Int64 {
        let affected = try transaction.services.first(
            """
            SELECT count(DISTINCT order_id), coalesce(max(order_id), 0) FROM events__ticket
            WHERE event_id = ? AND state IN ('held', 'valid')
            """, .integer(event.id)
        ) { (count: $0.integer(0), last: $0.integer(1)) }
        guard let affected, affected.count > 0 else { return 0 }
        try transaction.change(
            """
            INSERT INTO events__move (event_id, from_at, from_place, is_told, last_order, done_order)
            VALUES (?, ?, ?, ?, ?, 0)
            ON CONFLICT (event_id) DO UPDATE SET from_at = excluded.from_at, from_place = excluded.from_place,
                is_told = max(is_told, excluded.is_told), last_order = excluded.last_order, done_order = 0
            """, .integer(event.id), .integer(former.startsAt.seconds), .text(orNull: former.place), .flag(isTold),
            .integer(affected.last))
        try tellMoves(atMost: Self.moveLimit)
        return affected.count
    }

    /// Goes on with the moves that not all orders know of.
    ///
    /// - Returns: How many orders know now.
    @discardableResult func tellMoves(atMost limit: Int) throws -> Int {
        let moves = try transaction.services.all(
            "SELECT event_id, from_at, from_place, is_told, last_order, done_order FROM events__move ORDER BY event_id",
            element: Move.init)
        var told = 0
        for move in moves {
            guard told < limit else {
                try transaction.wake(at: at)
                break
            }
            told += try tell(move, atMost: limit - told)
        }
        return told
    }

    private func tell(_ move: Move, atMost limit: Int) throws -> Int {
        let event = try reader.event(move.eventID)
        let orders = try transaction.services.all(
            """
            SELECT DISTINCT order_id FROM events__ticket
            WHERE event_id = ? AND order_id > ? AND order_id <= ? AND state IN ('held', 'valid')
            ORDER BY order_id LIMIT ?
            """, .integer(event.id), .integer(move.doneOrder.rawValue), .integer(move.lastOrder.rawValue),
            .integer(Int64(limit))
        ) { OrderID(rawValue: $0.integer(0)) }
        for order in orders { try tell(transaction.services.order(order), of: move, event) }
        if orders.count < limit {
            try transaction.change("DELETE FROM events__move WHERE event_id = ?", .integer(event.id))
        } else {
            try transaction.change(
                "UPDATE events__move SET done_order = ? WHERE event_id = ?",
                .integer(orders.last?.rawValue ?? 0), .integer(event.id))
            try transaction.wake(at: at)
        }
        return orders.count
    }

    private func tell(_ order: Order, of move: Move, _ event: Event) throws {
        try transaction.note("moved", customer: order.match.customer, order: order.id) { writer in
            writer.member("event", event.key)
            writer.member("from", move.fromAt.text)
            writer.member("from_place", move.fromPlace)
            writer.member("starts", event.startsAt.text)
            writer.member("place", event.place)
        }
        guard move.isTold, !order.isTest else { return }
        let letter = EventLetter.move(from: move.fromAt, order.id)
        var written: Set<String> = []
        if let customer = order.match.customer {
            try letter.send(to: customer, about: event, transaction)
            if let email = try transaction.services.customer(customer).fields.email { written.insert(email.key) }
        }
        for ticket in try reader.tickets(of: order.id) where ticket.state.share != (0, 0) {
            // An address was checked when it came; what was erased since is none.
            guard let text = ticket.attendeeEmail, let email = try? EmailAddress(parsing: text),
                written.insert(email.key).inserted
            else { continue }
            try letter.send(to: email, about: event, transaction)
        }
    }
}
