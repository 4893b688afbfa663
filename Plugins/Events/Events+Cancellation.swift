import ChannelKit

extension Events {
    func cancelEvent(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let reader = EventReader(transaction.services)
        var event = try reader.event(named: arguments)
        let limit = try arguments.integer("limit") ?? 1_000
        guard (1...1_000).contains(limit) else {
            throw arguments.bad("limit", "1 to 1000 orders are cancelled at a time")
        }
        let reason = try arguments.filledText("reason")
        let refunds = try arguments.flag("refund") ?? false
        if event.state != .cancelled {
            event.state = .cancelled
            try event.write(transaction)
            try transaction.change(
                "UPDATE events__waiting SET state = 'left' WHERE event_id = ? AND state = 'waiting'", .integer(event.id)
            )
            try transaction.note("event-cancelled") { writer in
                writer.member("event", event.key)
                writer.member("reason", reason)
            }
        }
        let orders = try standing(event, limit: limit, transaction)
        var told: Set<CustomerID> = []
        for id in orders {
            let order = try transaction.services.order(id)
            let isRefunded = refunds && order.state != .open && order.hasMoney
            let isEntered = try reader.tickets(of: id).contains { $0.state == .checkedIn }
            if !isRefunded, order.hasMoney || isEntered {
                // The order stays, so that its money can be given back later, and for those who are in.
                try BoxOffice(transaction, offerMinutes: offerMinutes).cancelTickets(of: order.id)
            } else {
                var change = OrderChange()
                (change.state, change.channelState) = isRefunded ? (.refunded, "refunded") : (.cancelled, "cancelled")
                try transaction.update(order, change)
            }
            if let customer = order.match.customer, !order.isTest { told.insert(customer) }
        }
        if try arguments.flag("message") ?? true {
            let letter = EventLetter.cancellation(reason: reason)
            for customer in told.sorted(by: { $0.rawValue < $1.rawValue }) {
                try letter.send(to: customer, about: event, transaction)
            }
        }
        let isMoreLeft = try !standing(event, limit: 1, transaction).isEmpty
        return .ok { writer in
            writer.member("event", event.key)
            writer.member("cancelled", orders.count)
            writer.member("more", isMoreLeft)
        }
    }

    /// The orders that still have tickets which could be used.
    private func standing(_ event: Event, limit: Int64, _ transaction: ChannelTransaction) throws -> [OrderID] {
        try transaction.services.all(
            """
            SELECT DISTINCT order_id FROM events__ticket WHERE event_id = ? AND state IN ('held', 'valid')
            ORDER BY order_id LIMIT ?
            """, .integer(event.id), .integer(limit)
        ) { OrderID(rawValue: $0.integer(0)) }
    }
}
