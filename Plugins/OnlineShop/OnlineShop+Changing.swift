import ChannelKit

/// What was noted of an order, for its timeline.
struct SaleEvent {
    /// Such as "shipped".
    let name: String
    let data: [JSON.Member]

    init(_ name: String, _ data: [JSON.Member] = []) {
        self.name = name
        self.data = data
    }
}

extension OnlineShop {
    /// Notes something of the order that the arguments name; the order's states, amounts and details follow.
    ///
    /// - Parameters:
    ///   - arguments: Of the verb.
    ///   - transaction: The verb's own.
    ///   - body: Changes what has become of the order and says what happened; nil where it was noted before.
    /// - Returns: What has become of the order by then.
    /// - Throws: ``ChannelRefusal``, ``OrderError``, and what `body` throws.
    func changing(
        _ arguments: Details, _ transaction: ChannelTransaction,
        _ body: (inout Sale, Order) throws -> SaleEvent?
    ) throws -> ChannelReply {
        let order = try sold(arguments, transaction.services)
        if let revision = try arguments.integer("if_rev"), revision != order.rev {
            throw OrderError.staleRevision(current: order.rev)
        }
        let reader = SaleReader(transaction.services)
        let noted = try reader.noted(of: order)
        let before = try noted ?? reader.sale(of: order)
        var sale = before
        guard let event = try body(&sale, order) else { return .ok(sale.shape(of: order)) }
        let changed = try settle(order, &sale, from: before, over: noted, transaction)
        try transaction.note(event.name, customer: order.match.customer, order: order.id) { writer in
            for member in event.data { writer.member(member.name, member.value) }
        }
        return .ok(sale.shape(of: changed))
    }

    /// The sale that the arguments name by `order` or `ext`.
    ///
    /// - Throws: ``OrderError/notFound``, ``ChannelRefusal`` for a return.
    func sold(_ arguments: Details, _ services: ChannelServices) throws -> Order {
        let order: Order
        if let id = try arguments.integer("order") {
            order = try services.order(OrderID(rawValue: id))
        } else if let ext = try arguments.text("ext") {
            guard let found = try services.order(ext: ext) else { throw OrderError.notFound }
            order = found
        } else {
            throw arguments.bad("order", "give the order, or ext, the shop's own id of it")
        }
        guard order.kind == .order else {
            throw ChannelRefusal("not-a-sale", "this is a return that was registered by itself; name the order")
        }
        return order
    }

    /// Writes what has become of an order and lets the order follow.
    private func settle(
        _ order: Order, _ sale: inout Sale, from before: Sale, over noted: Sale?, _ transaction: ChannelTransaction
    ) throws -> Order {
        var change = OrderChange()
        let isLess = sale.writtenOffMinor > before.writtenOffMinor
        if !order.state.isClosed {
            if sale.isAllCancelled, !before.isAllCancelled {
                // What is called off comes to nothing as a whole.
                sale.writtenOffMinor = before.writtenOffMinor
                sale.isVoid = true
                try put("cancelled", into: &change, of: order)
            } else if isLess, sale.writtenOffMinor == sale.totalMinor {
                sale.cancelOpen()
                try put("refunded", into: &change, of: order)
            } else if sale.channelState != before.channelState {
                try put(sale.channelState, into: &change, of: order)
            }
        }
        try SaleWriter(transaction).save(sale, over: noted)

        change.details = JSONFragment(of: try sale.projected(on: Details(storedWith: order)).canonical)
        if sale.paidMinor != order.paid.minor { change.paidMinor = sale.paidMinor }
        change.givenBackMinor = sale.refundedMinor
        if !order.state.isClosed { change.writtenOffMinor = sale.writtenOffMinor }
        return try transaction.update(order, change)
    }
}
