internal import ChannelKit
internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// The whole of an order.
    ///
    /// A list gives no lines, and leaves them and the details out; `summary` is the details for people.
    static func order(
        _ order: Order, lines: [OrderLine]?, details: JSONFragment? = nil, summary: [DetailLine] = []
    ) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", order.id.rawValue)
            writer.member("rev", order.rev)
            writer.member("channel", order.channel)
            writer.member("ext", order.ext)
            writer.member("customer", order.match.customer?.rawValue)
            writer.member("match", order.match.reason.rawValue)
            writer.member("kind", order.kind.rawValue)
            writer.member("state", order.state.rawValue)
            writer.member("channel_state", order.channelState)
            writer.member("placed_at", order.placedAt.text)
            writer.member("recorded_at", order.recordedAt.text)
            writer.amounts(of: order)
            writer.member("coupon", order.coupon)
            writer.member("test", order.isTest)
            guard let lines else { return }
            writer.member("buyer", order.buyer)
            writer.lines(lines, in: order.amounts.total.currency)
            writer.member("details", details ?? order.details)
            writer.summary(summary)
        }
    }

    fileprivate static func line(_ line: OrderLine, in currency: Currency) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("sku", line.sku)
            writer.member("name", line.name)
            writer.member("quantity", JSON.number(line.quantity.text))
            writer.member("unit_price", line.unitPrice.text(atLeast: currency.fractionDigits))
            writer.member("tax_rate", line.taxRate?.text)
        }
    }

    /// The answer to `order.register`.
    static func registration(_ registration: Registration, warnings: [String]) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("order", registration.order.rawValue)
            writer.member("customer", registration.match.customer?.rawValue)
            writer.member("match", registration.match.reason.rawValue)
            writer.member("created", registration.match.reason == .created && !registration.isExisting)
            writer.member("existing", registration.isExisting)
            writer.member("subtotal", registration.amounts.subtotal.text)
            writer.member("discount", registration.amounts.discount.text)
            writer.member("total", registration.amounts.total.text)
            writer.member("currency", registration.amounts.total.currency.code)
            writer.member("seq", registration.seq)
            if !warnings.isEmpty { writer.member("warnings", warnings) }
        }
    }
}

extension JSONWriter {
    /// What an order comes to, in its currency.
    mutating func amounts(of order: Order) {
        member("currency", order.amounts.total.currency.code)
        member("subtotal", order.amounts.subtotal.text)
        member("discount", order.amounts.discount.text)
        member("tax", order.amounts.tax.text)
        member("total", order.amounts.total.text)
        member("paid", order.paid.text)
        member("refunded", order.refunded.text)
    }

    /// An order's lines.
    mutating func lines(_ lines: [OrderLine], in currency: Currency) {
        name("lines")
        beginArray()
        for line in lines { fragment(.line(line, in: currency)) }
        endArray()
    }

    /// A channel's details for people.
    mutating func summary(_ summary: [DetailLine]) {
        name("summary")
        beginArray()
        for line in summary {
            beginObject()
            member("label", line.label)
            member("text", line.text)
            endObject()
        }
        endArray()
    }
}
