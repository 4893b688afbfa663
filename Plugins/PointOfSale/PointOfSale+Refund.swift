import ChannelKit

extension PointOfSale {
    /// Takes goods back, or gives money back for a sale, at any register: a return that leads to the sale.
    func refund(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let services = transaction.services
        let original = try order(named: arguments, services)
        guard original.kind == .order else {
            throw ChannelRefusal.conflict("is-return", "this receipt is a return itself")
        }
        var goods = try Goods(of: original, services)
        let left = goods.left
        let amount = try arguments.amount("amount", in: left.currency)
        let listed = try arguments.objects("lines")
        guard amount == nil || listed.isEmpty else {
            throw arguments.bad("amount", "give lines or an amount, not both")
        }
        guard left.minor > 0 else { throw OrderError.badRefund(left: left) }
        if let amount {
            guard amount.minor > 0, amount.minor <= left.minor else { throw OrderError.badRefund(left: left) }
        }
        let taken = amount != nil ? [] : listed.isEmpty ? goods.takeAll() : try goods.take(listed)
        let lines = taken.map { position, quantity in
            OrderLine(
                sku: position.line.sku, name: position.line.name, quantity: Quantity(micros: -quantity.micros),
                unitPrice: position.price, taxRate: position.line.taxRate)
        }
        var draft = OrderDraft(
            channel: Self.descriptor.id, ext: nil, buyer: try buyer(of: original, services), kind: .return,
            state: .open, currency: left.currency, lines: lines, declared: nil,
            details: try details(of: arguments, returning: original))
        draft.isTest = original.isTest
        if lines.isEmpty {
            draft.declared = amount ?? left
        } else {
            let worth = -(try lineSubtotal(lines.map { ($0.quantity, $0.unitPrice) }, in: left.currency).minor)
            // The last to come back takes what rounding has left; what else is above what was paid is too much.
            let isLast = goods.isTaken
            guard isLast || worth <= left.minor + Int64(lines.count) else { throw OrderError.badRefund(left: left) }
            draft.chargesMinor = worth - (isLast ? left.minor : min(worth, left.minor))
        }
        let registration = try transaction.register(draft)
        // Which of two equal positions was meant, the lines do not tell.
        try TillLedger(transaction).enter(taken, of: registration.order, from: original.id)
        return .ok(try shape(of: services.order(registration.order), services))
    }

    private func details(of arguments: Details, returning original: Order) throws -> JSONFragment {
        let sold = try Details(storedWith: original)
        let register = try arguments.text("at_register") ?? sold.text("register") ?? ""
        var members = [
            JSON.Member(name: "register", value: .string(register)),
            JSON.Member(
                name: "returns",
                value: .object([
                    JSON.Member(name: "order", value: .integer(original.id.rawValue)),
                    JSON.Member(name: "register", value: .string(try sold.text("register") ?? "")),
                    JSON.Member(name: "receipt", value: .string(try sold.text("receipt") ?? "")),
                ])),
        ]
        if let receipt = try arguments.text("at_receipt") {
            members.append(JSON.Member(name: "receipt", value: .string(receipt)))
        }
        for name in ["cashier", "reason", "tenders"] {
            if let value = arguments.json[name], value != .null {
                members.append(JSON.Member(name: name, value: value))
            }
        }
        return JSONFragment(of: JSON.object(members).canonical)
    }
}
