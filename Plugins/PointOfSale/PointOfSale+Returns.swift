import ChannelKit

extension PointOfSale {
    /// The sale that a return names in its `returns`, nil where it names none.
    ///
    /// - Throws: ``ChannelRefusal``, with slug `no-receipt`, `receipt-ambiguous` or `is-return`.
    func original(of draft: OrderDraft, _ details: Details, _ services: ChannelServices) throws -> Order? {
        guard draft.kind == .return, Receipt.Standing(draft.state) != .voided,
            let named = try details.object("returns")
        else { return nil }
        let original = try order(named: named, services)
        guard original.kind == .order else {
            throw ChannelRefusal.conflict("is-return", "this receipt is a return itself")
        }
        guard original.isTest == draft.isTest else {
            throw ChannelRefusal.notFound(
                "no-receipt", "a test brings back only what a test sold, and nothing else does")
        }
        guard original.amounts.total.currency == draft.currency else {
            throw details.bad("returns", "the sale was in \(original.amounts.total.currency.code)")
        }
        return original
    }

    /// Counts a return against the sale it names.
    ///
    /// - Throws: ``ChannelRefusal``, with slug `no-line` or `return-exceeds-sale`; ``OrderError/badRefund(left:)``.
    func countReturn(
        _ registration: Registration, of draft: OrderDraft, against original: Order,
        _ transaction: ChannelTransaction
    ) throws {
        var goods = try Goods(of: original, transaction.services)
        let left = goods.left
        let taken = try goods.take(broughtBackBy: draft.lines)
        guard left.minor > 0, -registration.amounts.total.minor <= left.minor else {
            throw OrderError.badRefund(left: left)
        }
        try transaction.change(
            "UPDATE pos__receipt SET original_id = ? WHERE order_id = ?", .integer(original.id.rawValue),
            .integer(registration.order.rawValue))
        try TillLedger(transaction).enter(taken, of: registration.order, from: original.id)
        try transaction.note("returned", customer: original.match.customer, order: original.id) { writer in
            writer.member("return", registration.order.rawValue)
            writer.member("total", registration.amounts.total.text)
        }
    }

    /// What a return brings back is counted when it is registered, and stays.
    ///
    /// - Throws: ``ChannelRefusal`` for details that name another sale or none.
    func checkReturned(_ details: Details, of order: Order) throws {
        let stored = try Details(storedWith: order).json["returns"] ?? .null
        guard (details.json["returns"] ?? .null) != stored else { return }
        throw ChannelRefusal.badDetail(
            "returns", "it was counted when this was registered; void it and register the return anew")
    }

    /// Whose the return is: the sale's customer, unless that one may not or cannot order any more.
    func buyer(of original: Order, _ services: ChannelServices) throws -> Buyer {
        guard let id = original.match.customer else { return .anonymous }
        switch try services.customer(id).status {
        case .active, .disabled: return .customer(id)
        case .denied, .erased: return .anonymous
        }
    }
}
