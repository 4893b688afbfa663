import ChannelKit

extension Events {
    func tickets(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        .ok(try EventShape.order(services.order(named: arguments), EventReader(services), showsSecrets: true))
    }

    func reissue(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let reader = EventReader(transaction.services)
        let ticket = try reader.ticket(named: arguments)
        guard ticket.state == .valid || ticket.state == .checkedIn else { throw ticket.refusal }
        let order = try transaction.services.order(ticket.order)
        try transaction.change("UPDATE events__ticket SET issue = issue + 1 WHERE id = ?", .integer(ticket.id))
        try transaction.note("ticket-reissued", customer: order.match.customer, order: order.id) {
            $0.member("ticket", ticket.id)
        }
        // The secret is told by events.tickets alone: what a keyed request was answered is kept.
        return .ok(try reader.ticket(ticket.id).shape(in: order.amounts.total.currency))
    }

    func renameAttendee(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let reader = EventReader(transaction.services)
        let ticket = try reader.ticket(named: arguments)
        guard ticket.state.share != (0, 0) else { throw ticket.refusal }
        let (name, email) = (try arguments.text("name"), try arguments.text("email"))
        guard name != nil || email != nil else { throw ChannelRefusal.incomplete(["name"]) }
        if arguments.missing("email").isEmpty { try arguments.checkEmail("email") }
        let order = try transaction.services.order(ticket.order)
        let details = try Details(storedWith: order)
        var tickets = details.json["tickets"]?.arrayValue ?? []
        guard tickets.indices.contains(ticket.position - 1) else { throw ChannelRefusal.noTicket }
        let person = [("name", name ?? ticket.attendeeName), ("email", email ?? ticket.attendeeEmail)]
            .filter { !($0.1 ?? "").allSatisfy(\.isWhitespace) }
        guard !person.isEmpty else { throw ChannelRefusal.incomplete(["name"]) }
        let attendee = JSON.object(person.map { JSON.Member(name: $0.0, value: .string($0.1 ?? "")) })
        tickets[ticket.position - 1] = Self.setting("attendee", attendee, in: tickets[ticket.position - 1])
        var change = OrderChange()
        change.details = details.setting([JSON.Member(name: "tickets", value: .array(tickets))])
        // The ticket follows the details.
        try transaction.update(order, change)
        try transaction.note("attendee-renamed", customer: order.match.customer, order: order.id) {
            $0.member("ticket", ticket.id)
        }
        return .ok(try reader.ticket(ticket.id).shape(in: order.amounts.total.currency))
    }

    func refundTicket(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        let ticket = try office.reader.ticket(named: arguments)
        guard ticket.state == .valid else { throw ticket.refusal }
        let order = try transaction.services.order(ticket.order)
        let left = order.net
        let amount = try arguments.amount("amount", in: left.currency)?.minor ?? min(ticket.priceMinor, left.minor)
        guard (0...max(left.minor, 0)).contains(amount) else { throw OrderError.badRefund(left: left) }
        try office.put(ticket, into: .cancelled)
        try transaction.change(
            "UPDATE events__ticket SET refunded_minor = ? WHERE id = ?", .integer(amount), .integer(ticket.id))
        try give(amount, back: order, office)
        try transaction.note("ticket-refunded", customer: order.match.customer, order: order.id) { writer in
            writer.member("ticket", ticket.id)
            writer.member("amount", Money(minor: amount, currency: left.currency).text)
        }
        try office.offer(office.reader.event(ticket.eventID))
        return .ok(try EventShape.order(transaction.services.order(order.id), office.reader))
    }

    /// Gives part of an order back; all of it only with the last of its tickets.
    private func give(_ amount: Int64, back order: Order, _ office: BoxOffice) throws {
        let states = try office.reader.tickets(of: order.id).map(\.state)
        let isLast = !states.contains { $0.share != (0, 0) }
        if amount == order.net.minor, isLast || amount > 0 {
            guard isLast else {
                throw ChannelRefusal(
                    "refunds-all", "this gives back all of it while other tickets are good; refund the order instead")
            }
            var change = OrderChange()
            (change.state, change.channelState) = amount > 0 ? (.refunded, "refunded") : (.cancelled, "cancelled")
            try office.transaction.update(order, change)
        } else {
            let refunded = amount > 0 ? try office.transaction.refund(order, minor: amount) : order
            try office.completeIfAllAreIn(refunded)
        }
    }

    private static func setting(_ name: String, _ value: JSON, in object: JSON) -> JSON {
        let others = (object.objectValue ?? []).filter { $0.name != name }
        return .object(others + [JSON.Member(name: name, value: value)])
    }
}

extension IssuedTicket {
    /// Why a ticket that is not valid opens no door and is not given back.
    var refusal: ChannelRefusal {
        switch state {
        case .held, .valid: .conflict("not-paid", "the ticket is held but not paid")
        case .checkedIn:
            .conflict(
                "already-checked-in",
                "the ticket was checked in at \(checkedInAt?.text ?? "")" + (checkedInWhere.map { ", \($0)" } ?? ""),
                details: [
                    .init(name: "at", value: checkedInAt.map { .string($0.text) } ?? .null),
                    .init(name: "where", value: checkedInWhere.map { .string($0) } ?? .null),
                    .init(name: "by", value: checkedInBy.map { .string($0) } ?? .null),
                ])
        case .cancelled: .conflict("ticket-cancelled", "the ticket was cancelled")
        case .expired: .conflict("ticket-expired", "the ticket was held but not paid in time")
        }
    }
}
