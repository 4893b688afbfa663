public import ChannelKit

extension OnlineShop {
    /// Payment and fulfilment as the order itself tells them, where nobody told or noted them.
    public func completed(_ details: Details, of order: Order, _ services: ChannelServices) -> Details {
        // Details that can no longer be read are shown as they are.
        guard order.kind == .order, let sale = try? Sale(of: order, []) else { return details }
        let told = details.setting("state", of: "payment", ifAbsent: sale.payment.rawValue)
        return told.setting("state", of: "fulfilment", ifAbsent: sale.fulfilment.rawValue)
    }

    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let payment = try? details.object("payment")
        let fulfilment = try? details.object("fulfilment")
        let shipping = try? details.object("shipping")
        let parcels = (try? fulfilment?.objects("tracking")) ?? []
        let returns = (try? fulfilment?.objects("returns")) ?? []
        let shipTo = occasion.word("Ship to", de: "Lieferadresse", tr: "Teslimat adresi")
        let costs = occasion.word("Shipping costs", de: "Versandkosten", tr: "Kargo ücreti")
        return [
            payment?.line(occasion.word("Payment", de: "Zahlung", tr: "Ödeme"), "state")
                .map { state($0) { Payment.State(rawValue: $0)?.text(occasion) } },
            payment?.line(occasion.word("Payment method", de: "Zahlungsart", tr: "Ödeme yöntemi"), "method"),
            payment?.line(occasion.word("Payment amount", de: "Gezahlt", tr: "Ödenen tutar"), "amount"),
            payment?.line(occasion.word("Refunded", de: "Erstattet", tr: "İade edilen"), "refunded"),
            fulfilment?.line(occasion.word("Fulfilment", de: "Lieferung", tr: "Teslimat"), "state")
                .map { state($0) { Fulfilment.State(rawValue: $0)?.text(occasion) } },
        ].compactMap(\.self) + parcels.compactMap { tracking($0, occasion) }
            + returns.compactMap { goodsReturn($0, occasion) }
            + [
                shipping?.line(occasion.word("Shipping", de: "Versandart", tr: "Kargo yöntemi"), "method"),
                shipping?.line(costs, "amount"), shipping.flatMap { address(shipTo, $0, "address") },
                address(shipTo, details, "shipping_address"),
                address(
                    occasion.word("Bill to", de: "Rechnungsadresse", tr: "Fatura adresi"), details, "billing_address"),
                details.json["guest"]?.boolValue == true ? guest(occasion) : nil,
                details.line(occasion.word("VAT id", de: "USt-IdNr.", tr: "Vergi no"), "vat_id"),
            ].compactMap(\.self)
    }

    private func guest(_ occasion: Occasion) -> DetailLine {
        DetailLine(
            occasion.word("Checkout", de: "Bestellt", tr: "Sipariş"),
            occasion.word("guest", de: "als Gast", tr: "misafir olarak"))
    }

    /// A line whose text is the word for a state; a word that is none stays.
    private func state(_ line: DetailLine, _ text: (String) -> String?) -> DetailLine {
        DetailLine(line.label, text(line.text) ?? line.text)
    }

    private func tracking(_ parcel: Details, _ occasion: Occasion) -> DetailLine? {
        var parts = ["carrier", "number"].compactMap { parcel.line("", $0)?.text }
        for (label, name) in [
            (occasion.word("sent", de: "verschickt", tr: "gönderildi"), "shipped_at"),
            (occasion.word("arrived", de: "angekommen", tr: "teslim edildi"), "delivered_at"),
        ] {
            // What is no time has no line.
            guard let at = try? parcel.instant(name, zone: occasion.shop.timeZone) else { continue }
            parts.append("\(label) \(at.day(in: occasion.shop.timeZone))")
        }
        let label = occasion.word("Tracking", de: "Sendung", tr: "Kargo")
        return parts.isEmpty ? nil : DetailLine(label, parts.joined(separator: " "))
    }

    private func goodsReturn(_ goods: Details, _ occasion: Occasion) -> DetailLine? {
        guard let number = goods.line("", "return")?.text, let state = goods.line("", "state")?.text else { return nil }
        let text =
            switch state {
            case "requested": occasion.word(state, de: "angekündigt", tr: "talep edildi")
            case "received": occasion.word(state, de: "eingegangen", tr: "alındı")
            default: state
            }
        return DetailLine("\(occasion.word("Return", de: "Rücksendung", tr: "İade")) \(number)", text)
    }

    private func address(_ label: String, _ details: Details, _ name: String) -> DetailLine? {
        // One of the book is with the buyer.
        guard details.json[name]?.integerValue == nil else { return nil }
        let parts = details.json[name]?.objectValue?.compactMap(\.value.stringValue).filter { !$0.isEmpty } ?? []
        guard parts.isEmpty else { return DetailLine(label, parts.joined(separator: ", ")) }
        return details.line(label, name)
    }
}

extension Details {
    /// The details with a text in one of their objects, unless there is one.
    fileprivate func setting(_ name: String, of object: String, ifAbsent text: String) -> Details {
        let members = json[object]?.objectValue ?? []
        guard members.first(where: { $0.name == name })?.value ?? .null == .null else { return self }
        let rest = members.filter { $0.name != name }
        let whole = JSON.object(rest + [JSON.Member(name: name, value: .string(text))])
        let complete = setting([JSON.Member(name: object, value: whole)])
        // What a JSON writer has written can be read.
        return (try? Details(JSON(parsing: complete.bytes))) ?? self
    }
}
