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
        guard draft.lines.isEmpty, draft.declared == nil, let service = appointment.service else { return [] }
        if let line = service.line(for: appointment.partySize) {
            // What costs another currency's money has no price here, which the core asks for.
            if service.currency == draft.currency { draft.lines = [line] }
        } else {
            draft.declared = Money(minor: 0, currency: draft.currency)
        }
        return []
    }

    public func record(
        _ registration: Registration, of draft: OrderDraft, _ transaction: ChannelTransaction
    ) throws {
        try Ledger(transaction).enter(transaction.services.order(registration.order))
    }

    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        try Ledger(transaction).follow(order, from: before)
    }

    public func product(_ sku: String, _ services: ChannelServices) throws -> Product? {
        guard let service = try Catalogue(services: services).service(sku) else {
            return try services.productSold(sku)
        }
        return Product(sku: service.key, name: service.name, unitPrice: service.price, currency: service.currency)
    }
}
