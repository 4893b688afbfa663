public import ChannelKit

extension Booking {
    public func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String] {
        let details = try Details(JSON(parsing: draft.details.bytes))
        let takesPlace = BookingState.takesPlace(draft.kind, draft.state, draft.channelState)
        let desk = Desk(services: services)
        let (appointment, members) = try desk.arrange(
            details, isTest: draft.isTest, choosing: takesPlace ? .free(besides: nil) : .none)
        if let service = appointment.service, !service.isActive, takesPlace {
            throw ChannelRefusal("service-inactive", "\(service.name) is no longer booked")
        }
        draft.details = details.setting(members)
        if BookingState.isAsked(draft.kind, draft.state) {
            try appointment.span.refusePast(starting: details.text("start"), services.occasion)
        }
        if let service = appointment.service {
            if draft.kind == .order { try service.refuseOtherLength(appointment.span, services.occasion.actor) }
            try Pricing.price(&draft, of: service, party: appointment.partySize, services.occasion.actor)
        }
        return []
    }

    public func record(
        _ registration: Registration, of draft: OrderDraft, _ transaction: ChannelTransaction
    ) throws {
        let order = try transaction.services.order(registration.order)
        // Staff may enter a booking in any state it is to have, such as one from another system.
        if order.kind == .order, !transaction.occasion.actor.isStaff {
            try refuseTooEarly(order, transaction.occasion)
        }
        try Ledger(transaction).enter(order)
        try Expiry(deadlines: deadlines, transaction: transaction).follow(order, from: nil)
        try postman.tell(of: order, transaction)
    }

    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        if BookingState.own(order) != BookingState.own(before) { try refuseTooEarly(order, transaction.occasion) }
        try Ledger(transaction).follow(order, from: before)
        try Expiry(deadlines: deadlines, transaction: transaction).follow(order, from: before)
        try postman.tell(of: order, from: before, transaction)
    }

    public func wake(_ transaction: ChannelTransaction) throws {
        try Expiry(deadlines: deadlines, transaction: transaction).wake { order in
            var change = OrderChange()
            change.state = .expired
            let expired = try transaction.update(order, change)
            try transaction.note("expired", customer: expired.match.customer, order: expired.id)
        }
    }

    /// Refuses a state that tells how a booking ended before that can be known.
    private func refuseTooEarly(_ order: Order, _ occasion: Occasion) throws {
        try deadlines.refuseTooEarly(
            BookingState.own(order), BookedSpan(storedIn: Details(storedWith: order)), occasion)
    }

    public func product(_ sku: String, _ services: ChannelServices) throws -> Product? {
        guard let service = try Catalogue(services: services).service(sku) else {
            return try services.productSold(sku)
        }
        return Product(sku: service.key, name: service.name, unitPrice: service.price, currency: service.currency)
    }
}
