import ChannelKit

extension Booking {
    func hours(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let resource = try Catalogue(services: services).knownResource(arguments.text("resource") ?? "")
        let today = services.occasion.at.day(in: resource.zone)
        let from = try arguments.date("from").map { String(Instant(seconds: $0).text.prefix(10)) } ?? today
        return .ok(try Self.shape(ofHours: resource, from: from, Timetable(services: services)))
    }

    func setHours(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let catalogue = Catalogue(services: transaction.services)
        let resource = try catalogue.knownResource(arguments.text("resource") ?? "")
        let days = (arguments.json["days"]?.arrayValue ?? []).compactMap(\.stringValue)
        let isAlwaysOpen = try arguments.flag("always") ?? false
        guard days.isEmpty == isAlwaysOpen else {
            throw arguments.bad("days", "give the days that open is about, or always=true")
        }
        for day in days { try Self.check(day, arguments) }
        if isAlwaysOpen {
            try transaction.change(
                "DELETE FROM booking__hours WHERE resource_id = ? AND day >= 'a'", .integer(resource.id))
        } else if try arguments.flag("usual") == true {
            for day in days {
                guard !OpeningHours.weekdays.contains(day) else {
                    throw arguments.bad("usual", "only dates have other hours than usual")
                }
                try transaction.change(
                    "DELETE FROM booking__hours WHERE resource_id = ? AND day = ?", .integer(resource.id), .text(day))
            }
        } else {
            let hours = try Self.open(arguments)
            for day in days {
                try transaction.change(
                    """
                    INSERT INTO booking__hours (resource_id, day, spans) VALUES (?, ?, ?)
                    ON CONFLICT (resource_id, day) DO UPDATE SET spans = excluded.spans
                    """, .integer(resource.id), .text(day), .text(hours.texts.joined(separator: ",")))
            }
        }
        if isAlwaysOpen || days.contains(where: OpeningHours.weekdays.contains) {
            try transaction.change(
                "UPDATE booking__resource SET is_always_open = ? WHERE id = ?", .flag(isAlwaysOpen),
                .integer(resource.id))
        }
        return .ok(
            try Self.shape(
                ofHours: catalogue.knownResource(resource.key),
                from: transaction.occasion.at.day(in: resource.zone), Timetable(services: transaction.services)))
    }

    private static func check(_ day: String, _ arguments: Details) throws {
        if OpeningHours.weekdays.contains(day) { return }
        // What is no date is refused below.
        guard day.utf8.count == 10, (try? Instant(parsing: day, zone: .gmt)) != nil else {
            throw arguments.bad(
                "days", "\(day): \(OpeningHours.weekdays.joined(separator: ", ")) or a date such as 2026-12-24")
        }
    }

    private static func open(_ arguments: Details) throws -> DayHours {
        guard let words = arguments.json["open"]?.arrayValue else { throw arguments.bad("open", "it is missing") }
        guard let hours = DayHours(words.compactMap(\.stringValue)) else {
            throw arguments.bad("open", "spans such as 09:00-12:00 are needed here, or nothing for closed")
        }
        return hours
    }

    private static func shape(ofHours resource: Resource, from date: String, _ timetable: Timetable) throws
        -> JSONFragment
    {
        let week = try timetable.week(of: resource)
        let dates = try timetable.dates(of: resource, from: date, limit: 400)
        return JSONWriter.object { writer in
            writer.member("resource", resource.key)
            writer.member("time_zone", resource.zone.identifier)
            writer.member("always_open", resource.isAlwaysOpen)
            writer.name("week")
            writer.beginObject()
            for day in OpeningHours.weekdays where !resource.isAlwaysOpen { writer.member(day, week[day]?.texts ?? []) }
            writer.endObject()
            writer.name("dates")
            writer.beginObject()
            for (date, hours) in dates { writer.member(date, hours.texts) }
            writer.endObject()
        }
    }
}
