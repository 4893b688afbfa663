import ChannelKit

extension PointOfSale {
    /// The order that arguments name by `order`, `ext`, or `register` and `receipt`.
    ///
    /// - Throws: ``ChannelRefusal``, with slug `no-receipt` or `receipt-ambiguous`.
    func order(named arguments: Details, _ services: ChannelServices) throws -> Order {
        if let id = try arguments.integer("order") { return try services.order(OrderID(rawValue: id)) }
        try arguments.require("register", "receipt")
        let register = try arguments.text("register") ?? ""
        let receipt = try arguments.text("receipt") ?? ""
        var found = try Receipt.orders(register, receipt, isTest: false, services)
        if found.isEmpty { found = try Receipt.orders(register, receipt, isTest: true, services) }
        guard let first = found.first else {
            throw ChannelRefusal.notFound("no-receipt", "register \(register) has no receipt \(receipt)")
        }
        guard found.count == 1 else {
            throw ChannelRefusal.conflict(
                "receipt-ambiguous", "several orders have this receipt; name one of them by order=",
                details: [JSON.Member(name: "orders", value: .array(found.map { .integer($0.rawValue) }))])
        }
        return try services.order(first)
    }

    func receipt(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        if let ext = try arguments.text("ext") {
            guard let order = try services.order(ext: ext) else { throw OrderError.notFound }
            return .ok(try shape(of: order, services))
        }
        return .ok(try shape(of: order(named: arguments, services), services))
    }

    func void(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let order = try order(named: arguments, transaction.services)
        guard order.state != .cancelled else { return .ok(try shape(of: order, transaction.services)) }
        if let receipt = try Receipt.of(order.id, transaction.services), receipt.closing != nil {
            throw Self.closed(receipt)
        }
        var change = OrderChange()
        (change.state, change.channelState) = (.cancelled, "voided")
        if let reason = try arguments.text("reason") {
            change.details = try Details(storedWith: order).setting([
                JSON.Member(name: "reason", value: .string(reason))
            ])
        }
        let voided = try transaction.update(order, change)
        return .ok(try shape(of: voided, transaction.services))
    }

    /// All there is of a receipt, with what may still come back.
    func shape(of order: Order, _ services: ChannelServices) throws -> JSONFragment {
        let receipt = try Receipt.of(order.id, services)
        let details = try Details(storedWith: order)
        let goods = try Goods(of: order, services)
        let (register, number) = (try details.text("register"), try details.text("receipt"))
        let (location, businessDay) = (try details.text("location"), try details.text("business_day"))
        let returns = try Receipt.returns(of: order.id, services)
        let tenders = try Tenders.taken(for: order.id, services)
        let currency = order.amounts.total.currency
        return JSONWriter.object { writer in
            writer.member("order", order.id.rawValue)
            writer.member("ext", order.ext)
            writer.member("register", register)
            writer.member("receipt", number)
            writer.member("location", location)
            writer.member("number", receipt?.number)
            writer.member("kind", order.kind.rawValue)
            writer.member("state", order.channelState ?? order.state.rawValue)
            writer.member("customer", order.match.customer?.rawValue)
            writer.member("business_day", receipt?.businessDay ?? businessDay)
            writer.member("sold_day", receipt?.soldDay ?? businessDay)
            writer.member("late", receipt?.isLate ?? false)
            writer.member("closing", receipt?.closing)
            writer.member("currency", order.amounts.total.currency.code)
            writer.member("total", order.amounts.total.text)
            writer.member("paid", order.paid.text)
            writer.name("tenders")
            writer.beginObject()
            for part in tenders { writer.member(part.kind, Money(minor: part.minor, currency: currency).text) }
            writer.endObject()
            writer.member("left", goods.left.text)
            writer.member("claim_code", receipt?.claimCode)
            writer.member("returns", receipt?.original?.rawValue)
            writer.name("returned_by")
            writer.beginArray()
            for id in returns { writer.integer(id.rawValue) }
            writer.endArray()
            writer.name("lines")
            writer.beginArray()
            for position in goods.positions { writer.fragment(position.shape) }
            writer.endArray()
            writer.member("test", order.isTest)
        }
    }
}
