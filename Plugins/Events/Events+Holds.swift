import ChannelKit

extension Events {
    func hold(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let reader = EventReader(transaction.services)
        let event = try reader.event(named: arguments)
        guard let currency = try reader.types(of: event).first?.price.currency else {
            throw ChannelRefusal.notFound("no-ticket-type", "\(event.key) has no ticket types yet")
        }
        let minutes = try arguments.integer("minutes") ?? holdMinutes
        guard (1...Self.longestHold).contains(minutes) else {
            throw arguments.bad("minutes", "1 to \(Self.longestHold) minutes are needed")
        }
        let draft = try HoldDraft.make(
            event, tickets: arguments.json["tickets"]?.arrayValue ?? [],
            until: Instant(seconds: transaction.occasion.at.seconds + minutes * 60),
            buyer: try arguments.buyer("customer", in: transaction.occasion.shop), currency: currency)
        let order = try transaction.register(draft).order
        return .ok(try EventShape.order(transaction.services.order(order), reader))
    }

    func pay(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let reader = EventReader(transaction.services)
        var order = try transaction.services.order(named: arguments)
        switch order.state {
        case .confirmed, .completed: break
        case .open where try expires(order, transaction):
            order = try renew(transaction.services.order(order.id), transaction)
        case .open:
            var change = OrderChange()
            change.state = .confirmed
            change.channelState = "paid"
            change.isPaidInFull = true
            order = try transaction.update(order, change)
        case .expired: order = try renew(order, transaction)
        case .cancelled, .refunded: throw OrderError.closed(order.state)
        }
        return .ok(try EventShape.order(order, reader))
    }

    /// Gives to those who wait what an order has held beyond its time; nothing happens where nobody waits.
    ///
    /// - Returns: Whether the order has expired.
    private func expires(_ order: Order, _ transaction: ChannelTransaction) throws -> Bool {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        guard let purchase = try office.reader.purchase(order.id), purchase.hasLapsed(at: transaction.occasion.at)
        else { return false }
        let event = try office.reader.event(purchase.eventID)
        guard try office.isAwaited(event) else { return false }
        try office.expireHolds(of: event)
        try office.offer(event)
        return true
    }

    func release(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        var order = try transaction.services.order(named: arguments)
        switch order.state {
        case .open:
            var change = OrderChange()
            change.state = .cancelled
            change.channelState = "cancelled"
            order = try transaction.update(order, change)
        case .cancelled, .expired: break
        case .confirmed, .completed, .refunded:
            throw ChannelRefusal.conflict(
                "already-paid", "the tickets are paid; use order.refund, or events.refund-ticket for one of them")
        }
        return .ok(try EventShape.order(order, EventReader(transaction.services)))
    }

    /// Buys anew what had expired, if as much is still to be had; asked again, it answers the same.
    private func renew(_ order: Order, _ transaction: ChannelTransaction) throws -> Order {
        let services = transaction.services
        guard let purchase = try EventReader(services).purchase(order.id) else { throw OrderError.closed(order.state) }
        if let renewed = purchase.renewedAs { return try services.order(renewed) }
        let buyer: Buyer =
            if let customer = order.match.customer { .customer(customer) } else {
                .described(
                    try BuyerDescription(
                        written: JSON(parsing: order.buyer.bytes), country: transaction.occasion.shop.country))
            }
        var draft = OrderDraft(
            channel: Self.descriptor.id, ext: nil, buyer: buyer, kind: order.kind, state: .confirmed,
            currency: order.amounts.total.currency, lines: try services.lines(of: order), declared: nil,
            details: order.details)
        draft.channelState = "paid"
        draft.isStateGiven = true
        draft.coupon = order.coupon
        draft.isTest = order.isTest
        let renewed: OrderID
        do { renewed = try transaction.register(draft).order } catch let refusal as ChannelRefusal
            where refusal.slug == "quota-exhausted"
        { throw ChannelRefusal.gone("expired", "the hold is over and its tickets are gone") }
        try transaction.change(
            "UPDATE events__purchase SET renewed_as = ? WHERE order_id = ?", .integer(renewed.rawValue),
            .integer(order.id.rawValue))
        try transaction.note("hold-renewed", customer: order.match.customer, order: renewed) {
            $0.member("instead_of", order.id.rawValue)
        }
        return try services.order(renewed)
    }
}

extension ChannelServices {
    /// The order of the channel that a verb's argument names.
    func order(named arguments: Details) throws -> Order {
        try order(OrderID(rawValue: arguments.integer("order") ?? 0))
    }
}
