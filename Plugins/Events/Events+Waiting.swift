import ChannelKit

extension Events {
    func joinWaitingList(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        let event = try office.reader.event(named: arguments)
        guard event.state == .onSale else {
            throw event.state == .cancelled
                ? ChannelRefusal.eventCancelled(event)
                : .conflict("sales-closed", "no more tickets to \(event.title) are sold")
        }
        let type = try office.reader.type(arguments.text("type") ?? "", of: event)
        let count = try arguments.integer("count") ?? 1
        let most = type.perOrder ?? Int64(IssuedTicket.limit)
        guard (1...most).contains(count) else { throw arguments.bad("count", "1 to \(most) tickets are needed") }
        if let quota = type.quota, count > quota {
            throw arguments.bad("count", "there are only \(quota) of them at all")
        }
        let left = type.left ?? .max
        if left >= count {
            throw ChannelRefusal.conflict(
                "not-sold-out", "as many are to be had; use events.hold",
                details: [.init(name: "left", value: type.left.map { .number(String($0)) } ?? .null)])
        }
        let customer = try customer(arguments, transaction)
        do {
            try transaction.change(
                """
                INSERT INTO events__waiting (event_id, type_id, customer_id, count, joined_at, state)
                VALUES (?, ?, ?, ?, ?, 'waiting')
                """, .integer(event.id), .integer(type.id), .integer(customer.rawValue), .integer(count),
                .integer(office.at.seconds))
        } catch let error as StorageError where error.isUniqueViolation {
            throw ChannelRefusal.conflict("already-waiting", "this customer is waiting for \(type.name) already")
        }
        try office.wakeForSale(of: event, [type])
        try transaction.note("waiting-joined", customer: customer) { writer in
            writer.member("event", event.key)
            writer.member("type", type.key)
            writer.member("count", count)
        }
        return .ok(try waiting(customer, for: type, transaction).shape)
    }

    func leaveWaitingList(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let reader = EventReader(transaction.services)
        let event = try reader.event(named: arguments)
        let type = try reader.type(arguments.text("type") ?? "", of: event)
        let customer = CustomerID(rawValue: try arguments.integer("customer") ?? 0)
        let changed = try transaction.change(
            "UPDATE events__waiting SET state = 'left' WHERE type_id = ? AND customer_id = ? AND state = 'waiting'",
            .integer(type.id), .integer(customer.rawValue))
        guard changed > 0 else {
            throw ChannelRefusal.notFound("not-waiting", "this customer is not waiting for \(type.name)")
        }
        try transaction.note("waiting-left", customer: customer) { writer in
            writer.member("event", event.key)
            writer.member("type", type.key)
        }
        return .ok(try waiting(customer, for: type, transaction).shape)
    }

    func waitingList(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let reader = EventReader(services)
        let event = try reader.event(named: arguments)
        let type = try arguments.text("type").map { try reader.type($0, of: event).id }
        let after = try page.position(1) { $0[0].integerValue }
        let found = try services.all(
            """
            SELECT waiting.id, waiting.customer_id, type.key, waiting.count, waiting.joined_at, waiting.state,
                waiting.order_id
            FROM events__waiting AS waiting JOIN events__ticket_type AS type ON type.id = waiting.type_id
            WHERE waiting.event_id = ? AND waiting.id > ? AND (?3 IS NULL OR waiting.type_id = ?3)
                AND (?4 OR waiting.state = 'waiting')
            ORDER BY waiting.id LIMIT ?5
            """, .integer(event.id), .integer(after ?? 0), .integer(orNull: type),
            .flag(try arguments.flag("all") ?? false), .integer(Int64(page.limit)), element: WaitingEntry.init)
        let next = found.count == page.limit ? found.last : nil
        return .list(found.map(\.shape), next: next.map { [.number(String($0.id))] })
    }

    func offer(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        let offers = try office.offer(office.reader.event(named: arguments))
        return .ok { writer in
            writer.name("offered")
            writer.beginArray()
            for offer in offers {
                writer.beginObject()
                writer.member("customer", offer.customer.rawValue)
                writer.member("order", offer.order.rawValue)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    private func customer(_ arguments: Details, _ transaction: ChannelTransaction) throws -> CustomerID {
        switch try arguments.buyer("customer", in: transaction.occasion.shop) {
        case .customer(let id):
            let customer = try transaction.services.customer(id)
            switch customer.status {
            case .active, .disabled: return customer.mergedInto ?? id
            case .denied: throw CustomerError.denied(publicReason: customer.publicReason)
            case .erased: throw CustomerError.erased
            }
        case .described(let buyer):
            if let customer = try transaction.customer(for: buyer) { return customer }
            throw ChannelRefusal("needs-customer", "somebody who waits must be a customer; give a name or an e-mail")
        case .anonymous: throw ChannelRefusal.incomplete(["customer"])
        }
    }

    /// The latest wish of a customer.
    private func waiting(_ customer: CustomerID, for type: TicketType, _ transaction: ChannelTransaction) throws
        -> WaitingEntry
    {
        let found = try transaction.services.first(
            """
            SELECT waiting.id, waiting.customer_id, type.key, waiting.count, waiting.joined_at, waiting.state,
                waiting.order_id
            FROM events__waiting AS waiting JOIN events__ticket_type AS type ON type.id = waiting.type_id
            WHERE waiting.type_id = ? AND waiting.customer_id = ? ORDER BY waiting.id DESC LIMIT 1
            """, .integer(type.id), .integer(customer.rawValue), element: WaitingEntry.init)
        guard let found else { throw ChannelRefusal.notFound("not-waiting", "this customer is not waiting") }
        return found
    }
}
