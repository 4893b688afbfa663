import ChannelKit

extension OnlineShop {
    func ship(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let occasion = transaction.occasion
        let at = try arguments.instant("shipped_at", zone: occasion.shop.timeZone) ?? occasion.at
        return try changing(arguments, transaction) { sale, order in
            try requireOpen(order)
            let parts = try LineSelection(arguments, of: sale).parts(of: \.open, "to ship")
            let shipment = Shipment(
                number: Int64(sale.shipments.count + 1), carrier: try arguments.text("carrier"),
                tracking: try arguments.text("tracking"), shippedAt: at, deliveredAt: nil, parts: parts)
            sale.add(parts, to: \.fulfilled)
            sale.shipments.append(shipment)
            return SaleEvent(
                "shipped",
                [
                    JSON.Member(name: "shipment", value: .integer(shipment.number)),
                    JSON.Member(name: "carrier", value: shipment.carrier.map { .string($0) } ?? .null),
                    sale.member(of: parts),
                ])
        }
    }

    func deliver(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let occasion = transaction.occasion
        let at = try arguments.instant("delivered_at", zone: occasion.shop.timeZone) ?? occasion.at
        return try changing(arguments, transaction) { sale, _ in
            let number = try arguments.integer("shipment")
            let wanted = sale.shipments.indices.filter { index in
                number.map { sale.shipments[index].number == $0 } ?? (sale.shipments[index].deliveredAt == nil)
            }
            guard let index = wanted.first else {
                throw ChannelRefusal.notFound("no-shipment", "the order has no such shipment under way")
            }
            guard wanted.count == 1 else { throw arguments.bad("shipment", "several are under way; say which") }
            guard sale.shipments[index].deliveredAt == nil else { return nil }
            guard at >= sale.shipments[index].shippedAt else {
                throw arguments.bad("delivered_at", "it was shipped later")
            }
            sale.shipments[index].deliveredAt = at
            return SaleEvent(
                "delivered", [JSON.Member(name: "shipment", value: .integer(sale.shipments[index].number))])
        }
    }

    func fulfil(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try changing(arguments, transaction) { sale, order in
            try requireOpen(order)
            let parts = try LineSelection(arguments, of: sale).parts(of: \.open, "to fulfil")
            sale.add(parts, to: \.fulfilled)
            return SaleEvent("fulfilled", [sale.member(of: parts)])
        }
    }

    func cancelLines(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try changing(arguments, transaction) { sale, order in
            try requireOpen(order)
            let parts = try LineSelection(arguments, of: sale).parts(of: \.open, "to cancel")
            let value = sale.value(of: parts, beyond: \.cancelled)
            sale.add(parts, to: \.cancelled)
            sale.writtenOffMinor += min(value, sale.totalMinor - sale.writtenOffMinor)
            var data = [sale.member(of: parts)]
            if let reason = try arguments.text("reason") {
                data.append(JSON.Member(name: "reason", value: .string(reason)))
            }
            return SaleEvent("lines-cancelled", data)
        }
    }

    /// - Throws: ``OrderError/closed(_:)`` for an order of which nothing leaves any more.
    private func requireOpen(_ order: Order) throws {
        guard !order.state.isClosed else { throw OrderError.closed(order.state) }
    }
}

extension Sale {
    /// Quantities as the timeline tells them.
    func member(of parts: [SalePart]) -> JSON.Member {
        let items = parts.map { part in
            let line = lines.first { $0.number == part.line }
            return JSON.object([
                JSON.Member(name: "line", value: .integer(part.line)),
                JSON.Member(name: "sku", value: line?.sku.map { .string($0) } ?? .null),
                JSON.Member(name: "quantity", value: .number(Quantity(micros: part.quantity).text)),
            ])
        }
        return JSON.Member(name: "lines", value: .array(items))
    }
}
