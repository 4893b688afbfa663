import ChannelKit

extension OnlineShop {
    func pay(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let occasion = transaction.occasion
        let at = try arguments.instant("paid_at", zone: occasion.shop.timeZone) ?? occasion.at
        return try changing(arguments, transaction) { sale, _ in
            let amount = try arguments.amount("amount", in: sale.currency)?.minor
            let reference = try arguments.text("reference")
            if let reference, let known = sale.payments.first(where: { $0.reference == reference }) {
                guard amount == nil || amount == known.amountMinor else { throw referenceUsed(known.amountMinor, sale) }
                return nil
            }
            let minor = amount ?? sale.openMinor
            guard amount != nil || minor > 0 else {
                throw ChannelRefusal.conflict("nothing-due", "nothing is due for this order; name an amount")
            }
            guard minor > 0 else { throw arguments.bad("amount", "more than 0 is needed") }
            guard !sale.paidMinor.addingReportingOverflow(minor).overflow else {
                throw arguments.bad("amount", "number out of range")
            }
            sale.paymentMark = nil
            sale.payments.append(
                PaymentRecord(
                    number: Int64(sale.payments.count + 1), amountMinor: minor, method: try arguments.text("method"),
                    reference: reference, at: at))
            if deliversInstantly, sale.payment == .paid, sale.fulfilment == .unfulfilled {
                sale.add(sale.parts(\.open), to: \.fulfilled)
            }
            return SaleEvent("paid", [JSON.Member(name: "amount", value: .string(sale.money(minor).text))])
        }
    }

    func refund(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try changing(arguments, transaction) { sale, _ in
            let selection = LineSelection(arguments, of: sale)
            let amount = try arguments.amount("amount", in: sale.currency)?.minor
            let reference = try arguments.text("reference")
            let shipping = try arguments.minorUnits("shipping", in: sale.currency) ?? 0
            guard sale.paidMinor > 0 else { throw OrderError.nothingPaid }
            if let reference, let known = sale.refunds.first(where: { $0.reference == reference }) {
                guard try repeats(known, amount, shipping, arguments, sale) else {
                    throw referenceUsed(known.amountMinor, sale)
                }
                return nil
            }
            let parts = selection.isGiven ? try selection.parts(of: \.refundable, "to refund") : []
            guard shipping <= sale.shippingLeftMinor else {
                throw tooMuch(
                    "at most \(sale.money(sale.shippingLeftMinor).text) of the shipping costs", sale.shippingLeftMinor,
                    sale)
            }
            let isByItems = selection.isGiven || shipping > 0
            let computed = isByItems ? sale.value(of: parts, beyond: \.refunded) + shipping : sale.heldMinor
            let minor = amount ?? computed
            guard minor > 0, minor <= sale.heldMinor else {
                throw tooMuch("more than 0 and at most \(sale.money(sale.heldMinor).text)", sale.heldMinor, sale)
            }
            sale.refund(
                RefundRecord(
                    number: Int64(sale.refunds.count + 1), amountMinor: minor, method: try arguments.text("method"),
                    reference: reference, reason: try arguments.text("reason"), at: transaction.occasion.at,
                    parts: parts, shippingMinor: shipping))
            var data = [JSON.Member(name: "amount", value: .string(sale.money(minor).text))]
            if !parts.isEmpty { data.append(sale.member(of: parts)) }
            return SaleEvent("refunded", data)
        }
    }

    /// Whether what is asked for is what a refund was made for already.
    private func repeats(
        _ known: RefundRecord, _ amount: Int64?, _ shipping: Int64, _ arguments: Details, _ sale: Sale
    ) throws -> Bool {
        guard amount == nil || amount == known.amountMinor else { return false }
        guard LineSelection(arguments, of: sale).isGiven || shipping > 0 else {
            return amount != nil || known.parts.isEmpty && known.shippingMinor == 0
        }
        // As it was when the refund was made, so that "all that is left" means the same.
        var sale = sale
        sale.add(known.parts.map { SalePart(line: $0.line, quantity: -$0.quantity) }, to: \.refunded)
        let selection = LineSelection(arguments, of: sale)
        do {
            let parts = selection.isGiven ? try selection.parts(of: \.refundable, "to refund") : []
            return parts == known.parts && shipping == known.shippingMinor
        } catch let refusal as ChannelRefusal where refusal.kind == .conflict {
            return false
        }
    }

    private func tooMuch(_ range: String, _ left: Int64, _ sale: Sale) -> ChannelRefusal {
        ChannelRefusal(
            "refund-too-big", "\(range) can be given back",
            details: [JSON.Member(name: "left", value: .string(sale.money(left).text))])
    }

    private func referenceUsed(_ minor: Int64, _ sale: Sale) -> ChannelRefusal {
        .conflict(
            "reference-used", "this reference stands for something else; use another reference",
            details: [JSON.Member(name: "amount", value: .string(sale.money(minor).text))])
    }
}

extension SaleLine {
    /// Whose price could still be given back.
    var refundable: Int64 { ordered - refunded }
}

extension Sale {
    /// Gives money back.
    ///
    /// What was paid beyond what is due goes back without making the order less; the rest lowers what it comes to.
    mutating func refund(_ refund: RefundRecord) {
        let beyond = max(0, heldMinor - dueMinor)
        let less = max(0, refund.amountMinor - beyond)
        if !isVoid { writtenOffMinor += min(less, totalMinor - writtenOffMinor) }
        shippingRefundedMinor += refund.shippingMinor
        add(refund.parts, to: \.refunded)
        refunds.append(refund)
    }
}
