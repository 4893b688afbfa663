import ChannelKit

extension Events {
    func ticketTypes(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let reader = EventReader(services)
        return .list(try reader.types(of: reader.event(named: arguments)).map(EventShape.type))
    }

    func setTicketType(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        let event = try office.reader.event(named: arguments)
        let key = try arguments.key("type")
        // What is held beyond its time must not stand in the way of a smaller quota.
        try office.expireHolds(of: event)
        let known = try office.reader.types(of: event).first { $0.key == key }
        var type = try known ?? make(key, of: event, arguments, transaction)
        try type.take(arguments, event.zone)
        try type.write(transaction)
        try transaction.note("ticket-type-set") { writer in
            writer.member("event", event.key)
            writer.member("type", key)
        }
        try office.offer(event)
        return .ok(EventShape.type(try office.reader.type(key, of: event)))
    }

    private func make(_ key: String, of event: Event, _ arguments: Details, _ transaction: ChannelTransaction) throws
        -> TicketType
    {
        guard arguments.missing("price").isEmpty else { throw ChannelRefusal.incomplete(["price"]) }
        try transaction.change(
            "INSERT INTO events__ticket_type (event_id, key, name, price_minor, currency) VALUES (?, ?, ?, 0, ?)",
            .integer(event.id), .text(key), .text(key), .text(transaction.occasion.shop.currency.code))
        return try EventReader(transaction.services).type(key, of: event)
    }
}

extension TicketType {
    /// Takes over what arguments tell.
    fileprivate mutating func take(_ arguments: Details, _ zone: TimeZone) throws {
        if let name = try arguments.filledText("name") { self.name = name }
        if let price = try arguments.amount("price", in: price.currency) {
            guard price.minor >= 0 else { throw arguments.bad("price", "an amount of at least 0 is needed here") }
            self.price = price
        }
        if let rate = try arguments.text("tax_rate") {
            do { taxRate = try Percentage(parsing: rate) } catch { throw arguments.bad("tax_rate", error.description) }
        }
        if let quota = try arguments.integer("quota") {
            guard quota >= 0 else { throw arguments.bad("quota", "a number of at least 0 is needed here") }
            let taken = held + sold
            guard quota >= taken else {
                throw ChannelRefusal.conflict(
                    "quota-below-taken", "\(taken) of \(name) are sold or held already",
                    details: [.init(name: "taken", value: .number(String(taken)))])
            }
            self.quota = quota
        }
        if let most = try arguments.integer("per_order") {
            guard most > 0 else { throw arguments.bad("per_order", "a number above 0 is needed here") }
            perOrder = most
        }
        if let start = try arguments.instant("sales_starts", byClocksOf: zone) { salesStartAt = start }
        if let end = try arguments.instant("sales_ends", byClocksOf: zone) { salesEndAt = end }
        if let salesStartAt, let salesEndAt, salesEndAt <= salesStartAt {
            throw arguments.bad("sales_ends", "the sale ends before it begins")
        }
    }

    /// Writes what was told of it; the numbers follow the tickets alone.
    fileprivate func write(_ transaction: ChannelTransaction) throws {
        try transaction.change(
            """
            UPDATE events__ticket_type SET name = ?, price_minor = ?, tax_rate_millionths = ?, quota = ?, per_order = ?,
                sales_start_at = ?, sales_end_at = ?
            WHERE id = ?
            """, .text(name), .integer(price.minor), .integer(orNull: taxRate?.millionths), .integer(orNull: quota),
            .integer(orNull: perOrder), .integer(orNull: salesStartAt?.seconds), .integer(orNull: salesEndAt?.seconds),
            .integer(id))
    }
}
