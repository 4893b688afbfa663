import ChannelKit

/// What a change of an order may not tell.
extension OnlineShop {
    /// An order copies from the book when it is registered; later its addresses are written out.
    func checkAddresses(_ details: Details, of order: Order) throws {
        // Stored details that can no longer be read referred to nothing.
        let former = try? Details(storedWith: order)
        _ = try addresses(details)
        for name in ["shipping_address", "billing_address"] {
            guard let id = details.json[name]?.integerValue, id != former?.json[name]?.integerValue else { continue }
            throw ChannelRefusal.badDetail(name, "an address of the book is taken when an order is registered only")
        }
    }

    /// What sending costs was settled with the total.
    func checkShipping(_ details: Details, of order: Order) throws {
        let amounts = order.amounts
        let currency = amounts.total.currency
        let shipping = try Shipping(details.object("shipping"), in: currency)
        guard let told = shipping.amountMinor else { return }
        // Stored details that can no longer be read tell nothing.
        let stored = try? Shipping(Details(storedWith: order).object("shipping"), in: currency)
        let former = stored?.amountMinor
        if let rate = shipping.taxRate, let stored, rate != stored.taxRate {
            throw ChannelRefusal.badDetail(
                "shipping.tax_rate", "the tax of an order that is there stays \(amounts.tax.text)")
        }
        let charged = order.kind.signed(amounts.total.minor - amounts.subtotal.minor + amounts.discount.minor)
        guard told != charged, told != former else { return }
        throw ChannelRefusal.badDetail(
            "shipping.amount", "it is part of the total and stays \(Money(minor: charged, currency: currency).text)")
    }

    /// Goods that are with the customer are not called off; they come back by a return.
    func checkGoods(_ fulfilment: Fulfilment, _ change: OrderChange, of order: Order) throws {
        guard order.kind == .order, !order.state.isClosed, let state = change.state else { return }
        guard state == .cancelled || state == .expired else { return }
        switch fulfilment.state {
        case .partial, .fulfilled, .partiallyReturned:
            throw ChannelRefusal.conflict(
                "goods-shipped", "goods of this order are with the customer; let them come back, or give money back")
        case .unfulfilled, .returned, .cancelled, nil: return
        }
    }

    /// All the money that has gone back once an order is changed; nil where the change tells of none.
    ///
    /// - Throws: ``OrderError/nothingPaid``.
    func givenBackMinor(_ payment: Payment, _ change: OrderChange, of order: Order) throws -> Int64? {
        guard order.kind == .order else { return nil }
        let before = order.givenBack.minor
        let paid = change.isPaidInFull ? order.amounts.total.minor : change.paidMinor ?? order.paid.minor
        var back = before
        if change.state == .refunded, !order.state.isClosed {
            guard paid > before || order.net.minor == 0 else { throw OrderError.nothingPaid }
            back = before + min(paid - before, order.net.minor)
        } else if payment.state == .refunded {
            back = paid
        } else if let told = payment.refundedMinor {
            back = min(told, paid)
        }
        return back > before ? back : nil
    }
}
