import ChannelKit

extension OnlineShop {
    func announceReturn(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try changing(arguments, transaction) { sale, _ in
            let parts = try LineSelection(arguments, of: sale).parts(of: \.returnable, "to return")
            let goods = GoodsReturn(
                number: Int64(sale.returns.count + 1), reason: try arguments.text("reason"),
                requestedAt: transaction.occasion.at, receivedAt: nil, parts: parts)
            sale.add(parts, to: \.returning)
            sale.returns.append(goods)
            return SaleEvent(
                "return-requested",
                [JSON.Member(name: "return", value: .integer(goods.number)), sale.member(of: parts)])
        }
    }

    func receive(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try changing(arguments, transaction) { sale, _ in
            let index = try openReturn(arguments, of: sale)
            guard sale.returns[index].receivedAt == nil else { return nil }
            let announced = sale.returns[index].parts
            // Only what this return announced can come with it.
            var coming = sale
            for line in coming.lines.indices { coming.lines[line].returning = 0 }
            coming.add(announced, to: \.returning)
            let parts = try LineSelection(arguments, of: coming).parts(of: \.returning, "to receive")
            sale.add(announced.map { SalePart(line: $0.line, quantity: -$0.quantity) }, to: \.returning)
            sale.add(parts, to: \.returned)
            sale.returns[index].parts = parts
            sale.returns[index].receivedAt = transaction.occasion.at
            return SaleEvent(
                "return-received",
                [JSON.Member(name: "return", value: .integer(sale.returns[index].number)), sale.member(of: parts)])
        }
    }

    private func openReturn(_ arguments: Details, of sale: Sale) throws -> Int {
        let number = try arguments.integer("return")
        let wanted = sale.returns.indices.filter { index in
            number.map { sale.returns[index].number == $0 } ?? (sale.returns[index].receivedAt == nil)
        }
        guard let index = wanted.first else {
            throw ChannelRefusal.notFound("no-return", "the order has no such return on its way")
        }
        guard wanted.count == 1 else { throw arguments.bad("return", "several are on their way; say which") }
        return index
    }
}
