import ChannelKit

extension Events {
    func create(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let key = try arguments.key("event")
        let title = try arguments.filledText("title") ?? ""
        let zone = try arguments.timeZone("time_zone") ?? transaction.occasion.shop.timeZone
        guard let starts = try arguments.instant("starts", byClocksOf: zone) else {
            throw ChannelRefusal.incomplete(["starts"])
        }
        let reader = EventReader(transaction.services)
        guard try reader.event(key) == nil else {
            throw ChannelRefusal.conflict("event-exists", "there is an event \(key) already; choose another key")
        }
        let id = try transaction.insert(
            """
            INSERT INTO events__event (key, title, starts_at, time_zone, state, secret)
            VALUES (?, ?, ?, ?, 'on-sale', ?)
            """, .text(key), .text(title), .integer(starts.seconds), .text(zone.identifier),
            .blob(TicketSecret.newKey()))
        var event = try reader.event(id)
        try event.take(arguments)
        try event.write(transaction)
        try transaction.note("event-created") { $0.member("event", key) }
        return .ok(EventShape.event(event, types: []))
    }

    func update(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let reader = EventReader(transaction.services)
        let former = try reader.event(named: arguments)
        guard former.state != .cancelled else { throw ChannelRefusal.eventCancelled(former) }
        var event = former
        if let title = try arguments.filledText("title") { event.title = title }
        if let zone = try arguments.timeZone("time_zone") { event.zone = zone }
        if let starts = try arguments.instant("starts", byClocksOf: event.zone) { event.startsAt = starts }
        let states = [Event.State.onSale, .closed].map(\.rawValue)
        if let state = try arguments.word("state", among: states).flatMap(Event.State.init(rawValue:)) {
            event.state = state
        }
        try event.take(arguments)
        var affected: Int64 = 0
        if event != former {
            let office = BoxOffice(transaction, offerMinutes: offerMinutes)
            try event.write(transaction)
            try transaction.note("event-updated") { $0.member("event", event.key) }
            if event.isElsewhere(than: former) {
                affected = try office.move(event, from: former, isTold: arguments.flag("notify") ?? false)
            }
            try office.offer(event)
        }
        return .ok(EventShape.event(event, types: try reader.types(of: event), affected: affected))
    }

    func show(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let reader = EventReader(services)
        let event = try reader.event(named: arguments)
        return .ok(EventShape.event(event, types: try reader.types(of: event)))
    }

    func list(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let zone = services.occasion.shop.timeZone
        let position = try page.position(2) { values -> (Int64, Int64)? in
            guard let start = values[0].integerValue, let id = values[1].integerValue else { return nil }
            return (start, id)
        }
        let state = try arguments.word("state", among: Event.State.allCases.map(\.rawValue))
        let events = try services.all(
            """
            SELECT id, key, title, place, starts_at, ends_at, time_zone, sales_start_at, sales_end_at, state, secret
            FROM events__event
            WHERE (starts_at, id) > (?, ?) AND starts_at >= ? AND starts_at < ? AND (?5 IS NULL OR state = ?5)
            ORDER BY starts_at, id LIMIT ?6
            """, .integer(position?.0 ?? .min), .integer(position?.1 ?? 0),
            .integer(try arguments.instant("from", zone: zone)?.seconds ?? .min),
            .integer(try arguments.instant("to", zone: zone)?.seconds ?? .max), .text(orNull: state),
            .integer(Int64(page.limit)), element: Event.init)
        let next = events.count == page.limit ? events.last : nil
        return .list(
            events.map { EventShape.event($0, types: nil) },
            next: next.map { [.number(String($0.startsAt.seconds)), .number(String($0.id))] })
    }
}

extension Event {
    /// Whether who comes must come at another time or to another place.
    fileprivate func isElsewhere(than former: Event) -> Bool {
        startsAt != former.startsAt || place != former.place || zone != former.zone
    }

    /// Takes over the times and the place that arguments tell.
    fileprivate mutating func take(_ arguments: Details) throws {
        if let place = try arguments.filledText("place") { self.place = place }
        if let ends = try arguments.instant("ends", byClocksOf: zone) { endsAt = ends }
        if let start = try arguments.instant("sales_starts", byClocksOf: zone) { salesStartAt = start }
        if let end = try arguments.instant("sales_ends", byClocksOf: zone) { salesEndAt = end }
        if let endsAt, endsAt < startsAt { throw arguments.bad("ends", "it ends before it begins") }
        if let salesStartAt, let salesEndAt, salesEndAt <= salesStartAt {
            throw arguments.bad("sales_ends", "the sale ends before it begins")
        }
    }

    /// Writes all of it but what never changes.
    func write(_ transaction: ChannelTransaction) throws {
        try transaction.change(
            """
            UPDATE events__event SET title = ?, place = ?, starts_at = ?, ends_at = ?, time_zone = ?,
                sales_start_at = ?, sales_end_at = ?, state = ?
            WHERE id = ?
            """, .text(title), .text(orNull: place), .integer(startsAt.seconds), .integer(orNull: endsAt?.seconds),
            .text(zone.identifier), .integer(orNull: salesStartAt?.seconds), .integer(orNull: salesEndAt?.seconds),
            .text(state.rawValue), .integer(id))
    }
}
