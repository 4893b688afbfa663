import ChannelKit

/// Finds when resources are open.
struct Timetable {
    let services: ChannelServices

    /// The hours of a resource as far as they matter to a range of Unix time; nil for what the shop does as a whole.
    func hours(of resource: Resource?, in range: Range<Int64>) throws -> OpeningHours {
        // Wall time is up to a day from UTC, and a span of the day before may last into the range.
        let wall = range.lowerBound - 3 * 86_400..<range.upperBound + 3 * 86_400
        return OpeningHours(
            zone: resource?.zone ?? services.occasion.shop.timeZone, isAlwaysOpen: resource?.isAlwaysOpen ?? true,
            days: try resource.map { try days(of: $0, in: wall) } ?? [:],
            closures: try closures(of: resource, in: wall))
    }

    /// A resource's weekly hours.
    func week(of resource: Resource) throws -> [String: DayHours] {
        try days(of: resource, in: 0..<0)
    }

    /// Other hours on single dates, from a date on.
    func dates(of resource: Resource, from date: String, limit: Int64) throws -> [(date: String, hours: DayHours)] {
        try services.all(
            """
            SELECT day, spans FROM booking__hours WHERE resource_id = ? AND day >= ? AND day < 'a' ORDER BY day LIMIT ?
            """, .integer(resource.id), .text(date), .integer(limit)
        ) { ($0.text(0), DayHours(stored: $0.text(1))) }
    }

    private func days(of resource: Resource, in wall: Range<Int64>) throws -> [String: DayHours] {
        let date = { (seconds: Int64) in Value.text(String(Instant(seconds: seconds).text.prefix(10))) }
        let days = try services.all(
            """
            SELECT day, spans FROM booking__hours WHERE resource_id = ? AND (day >= 'a' OR day BETWEEN ? AND ?)
            """, .integer(resource.id), date(wall.lowerBound), date(wall.upperBound)
        ) { ($0.text(0), DayHours(stored: $0.text(1))) }
        return Dictionary(days) { first, _ in first }
    }

    private func closures(of resource: Resource?, in wall: Range<Int64>) throws -> [Range<Int64>] {
        try services.all(
            """
            SELECT from_wall, to_wall FROM booking__closure
            WHERE reopened_at IS NULL AND to_wall > ? AND from_wall < ? AND (resource_id IS NULL OR resource_id = ?)
            """, .integer(wall.lowerBound), .integer(wall.upperBound), .integer(orNull: resource?.id)
        ) { $0.integer(0)..<$0.integer(1) }
    }
}
