public import ChannelKit

extension Events {
    public func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String] {
        guard let request = try TicketRequest(draft, EventReader(services)) else { return [] }
        // An order that tells no state is held as long as events.hold does.
        if draft.state == .open, !draft.isStateGiven, request.holdUntil == nil {
            let until = Instant(seconds: services.occasion.at.seconds + holdMinutes * 60)
            draft.details = request.details.setting([.init(name: "hold_until", value: .string(until.text))])
        }
        if draft.lines.isEmpty { draft.lines = try request.lines(in: draft.currency) }
        if draft.state == .open { try request.checkHold(at: services.occasion.at) }
        // What a test orders is looked at like any order, but takes nothing away.
        try request.check(soldAt: draft.placedAt ?? services.occasion.at)
        return []
    }

    public func record(_ registration: Registration, of draft: OrderDraft, _ transaction: ChannelTransaction) throws {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        guard let request = try TicketRequest(draft, office.reader) else { return }
        // What came back is theirs who wait; whoever comes now gets what they leave.
        if try office.expireHolds(of: request.event) > 0 { try office.offer(request.event) }
        try office.issue(request, registration, draft)
    }

    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        guard let purchase = try office.reader.purchase(order.id) else { return }
        if order.details != before.details { try office.adopt(order, purchase) }
        guard order.state != before.state else { return }
        try office.checkTurn(order, from: before, purchase)
        let isFreed = try office.settle(order, from: before)
        // Whoever marks holds that are over offers once what comes free of all of them.
        let isMarked = order.state == .expired && purchase.hasLapsed(at: transaction.occasion.at)
        if isFreed, !isMarked { try office.offer(office.reader.event(purchase.eventID)) }
    }

    /// A ticket type as a product, such as "jazz/balcony".
    public func product(_ sku: String, _ services: ChannelServices) throws -> Product? {
        let words = sku.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let reader = EventReader(services)
        guard words.count == 2, let event = try reader.event(words[0]),
            let type = try reader.types(of: event).first(where: { $0.key == words[1].lowercased() })
        else { return try services.productSold(sku) }
        return Product(
            sku: type.sku(of: event), name: "\(event.title): \(type.name)",
            unitPrice: try UnitPrice(parsing: type.price.text), currency: type.price.currency)
    }
}
