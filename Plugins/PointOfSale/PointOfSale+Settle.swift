public import ChannelKit

extension PointOfSale {
    /// Holds the tenders against what the sale comes to; a sale that is not covered is kept open.
    public func settle(_ draft: inout OrderDraft, _ amounts: OrderAmounts) throws -> [String] {
        let details = try Details(JSON(parsing: draft.details.bytes))
        let tenders = try Sale(details, in: draft.currency).tenders
        guard let received = tenders.receivedMinor, Receipt.Standing(draft.state) != .voided else { return [] }
        switch try tenders.standing(against: amounts.total, draft.kind) {
        case .exact: return []
        case .above(let change):
            draft.details = details.setting([JSON.Member(name: "change", value: .string(change.text))])
            draft.paidMinor = amounts.total.minor
            return ["\(change.text) of change is counted that was not told"]
        case .below:
            guard draft.state == .completed else { return [] }
            (draft.state, draft.channelState) = (.open, "open")
            let paid = Money(minor: received, currency: draft.currency)
            return ["only \(paid.text) of \(amounts.total.text) is paid; the sale stays open"]
        }
    }

    private static func notPaid(_ paid: Money, of total: Money) -> ChannelRefusal {
        let left = Money(minor: total.minor - paid.minor, currency: total.currency)
        return .conflict(
            "not-paid",
            "only \(paid.text) of \(total.text) is paid; tell all tenders by order.update details={\"tenders\":[…]}",
            details: [JSON.Member(name: "left", value: .string(left.text))])
    }

    /// The details without the change of earlier tenders, where new ones are told without any; nil as they are.
    func withoutFormerChange(_ details: Details, of order: Order) throws -> JSONFragment? {
        let stored = try Details(storedWith: order)
        guard details.json["tenders"] != stored.json["tenders"], let told = details.json["change"],
            told == stored.json["change"]
        else { return nil }
        return details.setting([JSON.Member(name: "change", value: .string("0"))])
    }

    /// The same for tenders that are told later.
    func settle(_ details: Details, _ change: inout OrderChange, of order: Order) throws {
        let total = order.amounts.total
        let stored = try Details(storedWith: order)
        let isNew = details.json["tenders"] != stored.json["tenders"]
        let tenders = try Sale(details, in: total.currency).tenders
        guard let received = tenders.receivedMinor else {
            if change.state == .completed { change.isPaidInFull = true }
            return
        }
        change.paidMinor = order.kind.signed(received)
        let state = change.state ?? order.state
        let isTold = isNew || details.json["change"] != stored.json["change"] || change.state == .completed
        guard isTold, Receipt.Standing(state) != .voided else { return }
        switch try tenders.standing(against: total, order.kind) {
        case .exact: return
        case .above(let left):
            change.details = details.setting([JSON.Member(name: "change", value: .string(left.text))])
            change.paidMinor = total.minor
        case .below:
            guard change.state != .completed else {
                throw Self.notPaid(Money(minor: received, currency: total.currency), of: total)
            }
            if state == .completed { (change.state, change.channelState) = (.open, "open") }
        }
    }
}
