extension JSONFragment {
    /// The whole of an order.
    ///
    /// A list gives no lines, and leaves them and the details out; `summary` is the details for people.
    package static func order(
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
}

extension JSONWriter {
    /// What an order comes to, in its currency.
    package mutating func amounts(of order: Order) {
        member("currency", order.amounts.total.currency.code)
        member("subtotal", order.amounts.subtotal.text)
        member("discount", order.amounts.discount.text)
        member("tax", order.amounts.tax.text)
        member("total", order.amounts.total.text)
        member("paid", order.paid.text)
        member("refunded", order.givenBack.text)
        member("net", order.net.text)
    }

    /// An order's lines.
    package mutating func lines(_ lines: [OrderLine], in currency: Currency) {
        name("lines")
        beginArray()
        for line in lines { fragment(.line(line, in: currency)) }
        endArray()
    }

    /// A channel's details for people.
    package mutating func summary(_ summary: [DetailLine]) {
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
