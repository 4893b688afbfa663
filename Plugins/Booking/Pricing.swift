import ChannelKit

/// What a booking of a service costs, and who may agree on something else.
enum Pricing {
    /// Gives a new order the price of its service.
    ///
    /// Staff may write another total or lines of their own. Whoever else does must come to the service's price: a total
    /// is checked by the core, coupon included; lines must have the service's own, and may have more beside it.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `wrong-price`.
    static func price(_ draft: inout OrderDraft, of service: Service, party: Int64, _ actor: Actor) throws {
        let maySayOtherwise = actor.isStaff || draft.kind == .return
        let isSilent = draft.lines.isEmpty && draft.declared == nil
        guard let price = service.line(for: party) else {
            if isSilent { draft.declared = Money(minor: 0, currency: draft.currency) }
            return
        }
        guard isSilent || !maySayOtherwise else { return }
        guard service.currency == draft.currency else {
            // What costs another currency's money has no price here, which the core asks staff for.
            if maySayOtherwise { return }
            throw wrongPrice(service, price)
        }
        if draft.lines.isEmpty {
            draft.lines = [price]
        } else {
            try replaceOwnLine(of: &draft, by: price, service)
        }
    }

    private static func replaceOwnLine(
        of draft: inout OrderDraft, by price: OrderLine, _ service: Service
    ) throws {
        let own = draft.lines.indices.filter { index in
            let line = draft.lines[index]
            guard let sku = line.sku else { return Service.key(line.name ?? "") == Service.key(service.name) }
            return Service.key(sku) == service.key
        }
        guard own.count == 1, let index = own.first, isSame(draft.lines[index], price),
            draft.lines.allSatisfy({ $0.quantity.micros >= 0 && $0.unitPrice.micros >= 0 })
        else { throw wrongPrice(service, price) }
        draft.lines[index] = price
    }

    private static func isSame(_ line: OrderLine, _ price: OrderLine) -> Bool {
        line.quantity == price.quantity && line.unitPrice == price.unitPrice
            && (line.taxRate == nil || line.taxRate == price.taxRate)
    }

    private static func wrongPrice(_ service: Service, _ price: OrderLine) -> ChannelRefusal {
        let currency = service.currency?.code ?? ""
        let text = price.unitPrice.text(atLeast: service.currency?.fractionDigits ?? 0)
        let person = service.isPricedPerPerson ? " a person" : ""
        return ChannelRefusal(
            "wrong-price",
            "\(service.name) costs \(text) \(currency)\(person); staff alone may agree on something else, and a coupon "
                + "takes something off",
            details: [
                JSON.Member(name: "sku", value: .string(service.key)),
                JSON.Member(name: "unit_price", value: .string(text)),
                JSON.Member(name: "quantity", value: .string(price.quantity.text)),
                JSON.Member(name: "currency", value: .string(currency)),
            ])
    }
}
