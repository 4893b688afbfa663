import ChannelKit

extension Sale {
    /// All there is of a sale.
    func shape(of order: Order) -> JSONFragment {
        JSONWriter.object { writer in
            writer.head(self, order)
            writer.list("lines", lines) { $0.line($1) }
            writer.list("shipments", shipments) { $0.shipment($1) }
            writer.list("returns", returns) { $0.goodsReturn($1) }
            writer.list("payments", payments.filter { !$0.isVoid }) { writer, payment in
                writer.member("payment", payment.number)
                writer.member("amount", money(payment.amountMinor).text)
                writer.member("method", payment.method)
                writer.member("reference", payment.reference)
                writer.member("at", payment.at.text)
            }
            writer.list("refunds", refunds) { writer, refund in
                writer.member("refund", refund.number)
                writer.member("amount", money(refund.amountMinor).text)
                writer.member("method", refund.method)
                writer.member("reference", refund.reference)
                writer.member("reason", refund.reason)
                writer.member("at", refund.at.text)
                writer.parts(refund.parts)
            }
        }
    }

    /// A sale as a list shows it.
    func row(of order: Order) -> JSONFragment {
        JSONWriter.object { writer in
            writer.head(self, order)
            writer.member("customer", order.match.customer?.rawValue)
            writer.member("placed_at", order.placedAt.text)
            writer.member("test", order.isTest)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func head(_ sale: Sale, _ order: Order) {
        member("order", order.id.rawValue)
        member("ext", order.ext)
        member("rev", order.rev)
        member("state", order.state.rawValue)
        member("channel_state", order.channelState)
        member("payment", sale.payment.rawValue)
        member("fulfilment", sale.fulfilment.rawValue)
        member("currency", sale.currency.code)
        member("total", order.amounts.total.text)
        member("paid", sale.money(sale.paidMinor).text)
        member("refunded", sale.money(sale.refundedMinor).text)
        member("due", sale.money(sale.openMinor).text)
    }

    fileprivate mutating func line(_ line: SaleLine) {
        member("line", line.number)
        member("sku", line.sku)
        member("name", line.name)
        for (name, quantity) in [
            ("ordered", line.ordered), ("fulfilled", line.fulfilled), ("open", line.open),
            ("returning", line.returning), ("returned", line.returned), ("refunded", line.refunded),
            ("cancelled", line.cancelled),
        ] {
            self.quantity(name, quantity)
        }
    }

    mutating func shipment(_ shipment: Shipment) {
        member("shipment", shipment.number)
        member("carrier", shipment.carrier)
        member("tracking", shipment.tracking)
        member("shipped_at", shipment.shippedAt.text)
        member("delivered_at", shipment.deliveredAt?.text)
        parts(shipment.parts)
    }

    fileprivate mutating func goodsReturn(_ goods: GoodsReturn) {
        member("return", goods.number)
        member("reason", goods.reason)
        member("requested_at", goods.requestedAt.text)
        member("received_at", goods.receivedAt?.text)
        parts(goods.parts)
    }

    fileprivate mutating func parts(_ parts: [SalePart]) {
        list("lines", parts) { writer, part in
            writer.member("line", part.line)
            writer.quantity("quantity", part.quantity)
        }
    }

    fileprivate mutating func quantity(_ name: String, _ micros: Int64) {
        member(name, JSON.number(Quantity(micros: micros).text))
    }

    fileprivate mutating func list<Element>(
        _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
    ) {
        self.name(name)
        beginArray()
        for element in elements { fragment(JSONWriter.object { write(&$0, element) }) }
        endArray()
    }
}
