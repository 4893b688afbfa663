public import ChannelKit

extension OnlineShop {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let payment = try? details.object("payment")
        let fulfilment = try? details.object("fulfilment")
        let shipping = try? details.object("shipping")
        let parcels = (try? fulfilment?.objects("tracking")) ?? []
        let returns = (try? fulfilment?.objects("returns")) ?? []
        return [
            payment?.line("Payment", "state"), payment?.line("Payment method", "method"),
            payment?.line("Payment amount", "amount"), payment?.line("Refunded", "refunded"),
            fulfilment?.line("Fulfilment", "state"),
        ].compactMap(\.self) + parcels.compactMap { tracking($0, occasion) } + returns.compactMap(goodsReturn)
            + [
                shipping?.line("Shipping", "method"), shipping?.line("Shipping costs", "amount"),
                shipping.flatMap { address("Ship to", $0, "address") }, address("Ship to", details, "shipping_address"),
                address("Bill to", details, "billing_address"),
                details.json["guest"]?.boolValue == true ? DetailLine("Checkout", "guest") : nil,
                details.line("VAT id", "vat_id"),
            ].compactMap(\.self)
    }

    private func tracking(_ parcel: Details, _ occasion: Occasion) -> DetailLine? {
        var parts = ["carrier", "number"].compactMap { parcel.line("", $0)?.text }
        for (label, name) in [("sent", "shipped_at"), ("arrived", "delivered_at")] {
            // What is no time has no line.
            guard let at = try? parcel.instant(name, zone: occasion.shop.timeZone) else { continue }
            parts.append("\(label) \(at.day(in: occasion.shop.timeZone))")
        }
        return parts.isEmpty ? nil : DetailLine("Tracking", parts.joined(separator: " "))
    }

    private func goodsReturn(_ goods: Details) -> DetailLine? {
        guard let number = goods.line("", "return")?.text, let state = goods.line("", "state")?.text else { return nil }
        return DetailLine("Return \(number)", state)
    }

    private func address(_ label: String, _ details: Details, _ name: String) -> DetailLine? {
        // One of the book is with the buyer.
        guard details.json[name]?.integerValue == nil else { return nil }
        let parts = details.json[name]?.objectValue?.compactMap(\.value.stringValue).filter { !$0.isEmpty } ?? []
        guard parts.isEmpty else { return DetailLine(label, parts.joined(separator: ", ")) }
        return details.line(label, name)
    }
}
