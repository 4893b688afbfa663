import ChannelKit

extension Booking {
    func close(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let services = transaction.services
        let resource = try arguments.text("resource").map(Catalogue(services: services).knownResource)
        let start = try Self.wall("from", arguments)
        let end = try Self.wall("to", arguments, isEnd: true)
        guard start < end else { throw arguments.bad("to", "it must be later than from") }
        let id = try transaction.insert(
            "INSERT INTO booking__closure (resource_id, from_wall, to_wall, reason, closed_at) VALUES (?, ?, ?, ?, ?)",
            .integer(orNull: resource?.id), .integer(start), .integer(end), .text(orNull: try arguments.text("reason")),
            .integer(transaction.occasion.at.seconds))
        let clock = Clock(zone: resource?.zone ?? transaction.occasion.shop.timeZone)
        let span = (from: clock.opening(start), to: clock.closing(end))
        // Who has booked already is for the shop to write to.
        let orders = try services.all(
            """
            SELECT order_id FROM booking__booking
            WHERE start_at < ? AND end_at > ? AND start_at > ? AND takes_place = 1
                AND (? IS NULL OR resource_id = ?) ORDER BY start_at, order_id LIMIT 1000
            """, .integer(span.to), .integer(span.from), .integer(span.from - 367 * 86_400),
            .integer(orNull: resource?.id), .integer(orNull: resource?.id)
        ) { JSON.number(String($0.integer(0))) }
        return .ok { writer in
            Self.write(
                Closure(
                    id: id, resource: resource?.key, from: start, to: end, reason: arguments.json["reason"]?.stringValue
                ),
                to: &writer)
            writer.member("booked", JSON.array(orders))
        }
    }

    func reopen(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let id = try arguments.integer("id") ?? 0
        let changed = try transaction.change(
            "UPDATE booking__closure SET reopened_at = ? WHERE id = ? AND reopened_at IS NULL",
            .integer(transaction.occasion.at.seconds), .integer(id))
        guard changed > 0 else { throw ChannelRefusal.notFound("no-closure", "there is no such closure now") }
        return .ok { $0.member("reopened", id) }
    }

    func closures(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let resource = try arguments.text("resource").map(Catalogue(services: services).knownResource)
        let after = try page.position(2) { values in
            values[0].integerValue.flatMap { end in values[1].integerValue.map { (end, $0) } }
        }
        // A clock is up to a day from UTC.
        let found = try services.all(
            """
            SELECT booking__closure.id, key, from_wall, to_wall, reason FROM booking__closure
            LEFT JOIN booking__resource ON booking__resource.id = resource_id
            WHERE reopened_at IS NULL AND to_wall > ? AND (to_wall, booking__closure.id) < (?, ?)
                AND (? IS NULL OR resource_id IS NULL OR resource_id = ?)
            ORDER BY to_wall DESC, booking__closure.id DESC LIMIT ?
            """, .integer(services.occasion.at.seconds - 86_400), .integer(after?.0 ?? .max),
            .integer(after?.1 ?? .max), .integer(orNull: resource?.id), .integer(orNull: resource?.id),
            .integer(Int64(page.limit + 1))
        ) { row in
            Closure(
                id: row.integer(0), resource: row.textOrNil(1), from: row.integer(2), to: row.integer(3),
                reason: row.textOrNil(4))
        }
        let shown = found.prefix(page.limit)
        return .list(
            shown.map { closure in JSONWriter.object { Self.write(closure, to: &$0) } },
            next: found.count > page.limit
                ? shown.last.map { [.number(String($0.to)), .number(String($0.id))] } : nil)
    }

    private struct Closure {
        let id: Int64
        let resource: String?
        let from: Int64
        let to: Int64
        let reason: String?
    }

    private static func write(_ closure: Closure, to writer: inout JSONWriter) {
        writer.member("id", closure.id)
        writer.member("resource", closure.resource)
        writer.member("from", Clock(zone: .gmt).written(Instant(seconds: closure.from)))
        writer.member("to", Clock(zone: .gmt).written(Instant(seconds: closure.to)))
        writer.member("reason", closure.reason)
    }

    /// A time as a clock shows it, in seconds as if it hung in UTC; of a day alone its start or its end.
    private static func wall(_ name: String, _ arguments: Details, isEnd: Bool = false) throws -> Int64 {
        guard let text = try arguments.text(name), let wall = try arguments.instant(name, zone: .gmt),
            try arguments.instant(name, zone: TimeZone(secondsFromGMT: 3_600) ?? .gmt) != wall
        else { throw arguments.bad(name, "a time without an offset is needed, as the resource's clock shows it") }
        return wall.seconds + (isEnd && text.utf8.count == 10 ? 86_400 : 0)
    }
}
