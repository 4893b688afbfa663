import ChannelKit

extension Sale {
    /// An order's details with what they tell of money and goods brought up to date; all else in them stays.
    func projected(on details: Details) throws -> JSON {
        var members = details.json.objectValue ?? []
        members.set("payment", .object(payment(try details.object("payment")?.json.objectValue ?? [])))
        members.set("fulfilment", .object(try fulfilment(details.object("fulfilment"))))
        return JSON.object(members)
    }

    private func payment(_ former: [JSON.Member]) -> [JSON.Member] {
        var members = former
        members.set("state", .string(payment.rawValue))
        if paidMinor > 0 || !payments.isEmpty { members.set("amount", .string(money(paidMinor).text)) }
        if refundedMinor > 0 { members.set("refunded", .string(money(refundedMinor).text)) }
        if let method = payments.last(where: { !$0.isVoid })?.method { members.set("method", .string(method)) }
        return members
    }

    private func fulfilment(_ former: Details?) throws -> [JSON.Member] {
        var members = former?.json.objectValue ?? []
        members.set("state", .string(fulfilment.rawValue))
        if !shipments.isEmpty { members.set("tracking", .array(try tracking(former?.objects("tracking") ?? []))) }
        if !returns.isEmpty { members.set("returns", .array(returns.map(\.json))) }
        return members
    }

    /// The parcels, each with what was told of it besides.
    private func tracking(_ former: [Details]) throws -> [JSON] {
        var told = try former.map { (parcel: try Fulfilment.Parcel($0), members: $0.json.objectValue ?? []) }
        return shipments.map { shipment in
            let parcel = Fulfilment.Parcel(carrier: shipment.carrier, number: shipment.tracking)
            var members: [JSON.Member] = []
            if let index = told.firstIndex(where: { $0.parcel == parcel }) { members = told.remove(at: index).members }
            members.set("shipment", .integer(shipment.number))
            if let carrier = shipment.carrier { members.set("carrier", .string(carrier)) }
            if let number = shipment.tracking { members.set("number", .string(number)) }
            members.set("shipped_at", .string(shipment.shippedAt.text))
            if let at = shipment.deliveredAt { members.set("delivered_at", .string(at.text)) }
            return .object(members)
        }
    }
}

extension GoodsReturn {
    fileprivate var json: JSON {
        var members = [
            JSON.Member(name: "return", value: .integer(number)),
            JSON.Member(name: "state", value: .string(receivedAt == nil ? "requested" : "received")),
            JSON.Member(name: "requested_at", value: .string(requestedAt.text)),
        ]
        if let receivedAt { members.set("received_at", .string(receivedAt.text)) }
        return .object(members)
    }
}

extension [JSON.Member] {
    /// Puts a member in the place of one with its name, or to the end.
    fileprivate mutating func set(_ name: String, _ value: JSON) {
        let member = JSON.Member(name: name, value: value)
        if let index = firstIndex(where: { $0.name == name }) { self[index] = member } else { append(member) }
    }
}
