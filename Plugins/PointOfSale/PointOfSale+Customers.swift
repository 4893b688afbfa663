import ChannelKit

extension PointOfSale {
    /// Who stands at the till, and what they may use.
    func lookup(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let keys = ["phone", "card", "number", "email"].filter { arguments.missing($0).isEmpty }
        guard keys.count == 1 else {
            throw arguments.bad(keys.dropFirst().first ?? "phone", "one of phone, card, number and email is needed")
        }
        return .list(try found(by: arguments, services).map { try row(of: $0, services) })
    }

    private func found(by arguments: Details, _ services: ChannelServices) throws -> [Customer] {
        if let card = try arguments.text("card") {
            return try Card.customer(card, services).map { [try services.customer($0)] } ?? []
        }
        if let number = try arguments.integer("number") {
            return try services.customer(number: number).map { [$0] } ?? []
        }
        let fields = try contact(arguments, services.occasion)
        if let email = fields.email { return try services.customers(email: email) }
        guard let key = fields.phoneKey else {
            throw arguments.bad("phone", "write it with its country's code, such as +49")
        }
        return try services.customers(phoneKey: key)
    }

    private func contact(_ arguments: Details, _ occasion: Occasion) throws -> CustomerFields {
        var fields = CustomerFields()
        try fields.set(.email, to: arguments.text("email"), country: occasion.shop.country)
        try fields.set(.phone, to: arguments.text("phone"), country: occasion.shop.country)
        return fields
    }

    private func row(of customer: Customer, _ services: ChannelServices) throws -> JSONFragment {
        let coupons = try services.coupons(for: customer.id)
        let cards = try Card.cards(of: customer.id, services)
        return JSONWriter.object { writer in
            writer.member("id", customer.id.rawValue)
            writer.member("number", customer.number)
            writer.member("name", customer.fields.fullName)
            writer.member("status", customer.status.rawValue)
            writer.member("reason", customer.publicReason)
            writer.member("tax_exempt", customer.isTaxExempt)
            writer.member("groups", customer.groups.map(\.name))
            writer.member("orders", customer.orderCount)
            writer.member("cards", cards)
            writer.name("coupons")
            writer.beginArray()
            for coupon in coupons { writer.fragment(Self.shape(of: coupon)) }
            writer.endArray()
        }
    }

    private static func shape(of coupon: CouponTerms) -> JSONFragment {
        var (percent, amount, item): (String?, String?, String?) = (nil, nil, nil)
        switch coupon.benefit {
        case .percent(let share): percent = share.text
        case .amount(let money): amount = money.text
        case .item(let sku): item = sku
        }
        return JSONWriter.object { writer in
            writer.member("code", coupon.code)
            writer.member("percent", percent)
            writer.member("amount", amount)
            writer.member("item", item)
            writer.member("minimum", coupon.minimum?.text)
            writer.member("ends", coupon.endsAt?.text)
        }
    }

    /// Makes an anonymous sale, with what came back of it, somebody's; an address given for that is no consent.
    func claim(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let services = transaction.services
        let order = try order(named: arguments, services)
        try checkClaim(order, arguments, transaction)
        let target: CustomerID
        if let id = try arguments.integer("customer") {
            target = CustomerID(rawValue: id)
            if try services.isDenied(target) {
                throw CustomerError.denied(publicReason: try services.customer(target).publicReason)
            }
        } else {
            let fields = try contact(arguments, transaction.occasion)
            guard !fields.isAnonymous else { throw ChannelRefusal.incomplete(["customer or email"]) }
            let buyer = BuyerDescription(fields: fields, ext: nil, snapshot: .emptyObject)
            guard let found = try transaction.customer(for: buyer) else {
                throw ChannelRefusal.notFound("no-customer", "there is no such customer, and orders make none here")
            }
            target = found
        }
        guard order.match.customer != target else { return .ok(try shape(of: order, services)) }
        let returns = try Receipt.returns(of: order.id, services).map(services.order)
        for part in [order] + returns.filter({ $0.match.customer == nil }) {
            try transaction.move(part, to: target)
        }
        try transaction.note("claimed", customer: target, order: order.id)
        return .ok(try shape(of: services.order(order.id), services))
    }

    /// Staff may give a sale to anybody; others show that they have the receipt.
    private func checkClaim(_ order: Order, _ arguments: Details, _ transaction: ChannelTransaction) throws {
        guard order.kind == .order, Receipt.Standing(order.state) != .voided else {
            throw ChannelRefusal.conflict("not-claimable", "a voided sale or a return is nobody's to claim")
        }
        guard order.match.customer == nil else {
            let given = try arguments.integer("customer")
            guard given != nil, given == order.match.customer?.rawValue else {
                throw ChannelRefusal.conflict("already-claimed", "the sale has a customer; order.move moves it")
            }
            return
        }
        switch transaction.occasion.actor {
        case .operator, .staff, .system: return
        case .channel, .customer: break
        }
        let code = try arguments.text("code")
        guard let code else { throw ChannelRefusal.incomplete(["code"]) }
        let known = try Receipt.of(order.id, transaction.services)?.claimCode
        guard let known, Self.isSame(code, known) else {
            throw ChannelRefusal(ChannelRefusal.wrongCode, "this is not the code on the receipt")
        }
    }

    /// Compares codes whatever their case and spaces.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        Array(plain(left).utf8).isEqualInConstantTime(to: Array(plain(right).utf8))
    }

    private static func plain(_ code: String) -> String {
        code.filter { !$0.isWhitespace && $0 != "-" }.uppercased()
    }

    func setCard(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try arguments.require("customer", "card")
        let card = try arguments.text("card") ?? ""
        guard card.utf8.count <= 256 else { throw arguments.bad("card", "it has at most 256 bytes") }
        let isActive = try arguments.flag("active") ?? true
        let customer = try transaction.services.customer(
            CustomerID(rawValue: arguments.integer("customer") ?? 0))
        guard customer.status != .erased else { throw CustomerError.erased }
        let owner = try transaction.services.first(
            "SELECT customer_id FROM pos__card WHERE card = ?", .text(card)
        ) { CustomerID(rawValue: $0.integer(0)) }
        if let owner {
            guard owner == customer.id else {
                throw ChannelRefusal.conflict("card-taken", "another customer has this card")
            }
            try transaction.change("UPDATE pos__card SET is_active = ? WHERE card = ?", .flag(isActive), .text(card))
        } else {
            _ = try transaction.insert(
                "INSERT INTO pos__card (customer_id, card, is_active) VALUES (?, ?, ?)",
                .integer(customer.id.rawValue), .text(card), .flag(isActive))
        }
        try transaction.note(isActive ? "card-set" : "card-blocked", customer: customer.id)
        return .ok(try row(of: customer, transaction.services))
    }
}
