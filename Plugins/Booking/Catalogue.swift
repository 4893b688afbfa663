import ChannelKit

/// Finds what the shop has set up.
struct Catalogue {
    let services: ChannelServices

    /// A service by the word for it, nil when nobody has set it up.
    func service(_ word: String) throws -> Service? {
        try services.first(
            """
            SELECT id, key, name, duration_minutes, before_minutes, after_minutes, step_minutes, seats, price_micros,
                currency, price_per, tax_rate_millionths, is_active FROM booking__service WHERE key = ?
            """, .text(Service.key(word)), element: Self.service)
    }

    /// Services after a key, in its order.
    func services(after key: String, limit: Int) throws -> [Service] {
        try services.all(
            """
            SELECT id, key, name, duration_minutes, before_minutes, after_minutes, step_minutes, seats, price_micros,
                currency, price_per, tax_rate_millionths, is_active FROM booking__service
            WHERE key > ? ORDER BY key LIMIT ?
            """, .text(key), .integer(Int64(limit)), element: Self.service)
    }

    /// A resource by the word for it, nil when nobody has set it up.
    func resource(_ word: String) throws -> Resource? {
        try services.first(
            """
            SELECT id, key, name, time_zone, capacity, is_always_open, is_active FROM booking__resource WHERE key = ?
            """, .text(Service.key(word)), element: Self.resource)
    }

    /// Resources after a key, in its order.
    func resources(after key: String, limit: Int) throws -> [Resource] {
        try services.all(
            """
            SELECT id, key, name, time_zone, capacity, is_always_open, is_active FROM booking__resource
            WHERE key > ? ORDER BY key LIMIT ?
            """, .text(key), .integer(Int64(limit)), element: Self.resource)
    }

    /// What can do a service, in the shop's order; none where any will do.
    func resources(of service: Service) throws -> [Resource] {
        try services.all(
            """
            SELECT id, key, name, time_zone, capacity, is_always_open, is_active FROM booking__service_resource
            JOIN booking__resource ON id = resource_id WHERE service_id = ? ORDER BY position
            """, .integer(service.id), element: Self.resource)
    }

    /// A service that must be there.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `no-service`.
    func knownService(_ word: String) throws -> Service {
        guard let service = try service(word) else {
            throw ChannelRefusal.notFound("no-service", "nobody has set up a service \(word)")
        }
        return service
    }

    /// A resource that must be there.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `no-resource`.
    func knownResource(_ word: String) throws -> Resource {
        guard let resource = try resource(word) else {
            throw ChannelRefusal.notFound("no-resource", "nobody has set up a resource \(word)")
        }
        return resource
    }

    private static func service(_ row: Row) -> Service {
        Service(
            id: row.integer(0), key: row.text(1), name: row.text(2), duration: row.integerOrNil(3),
            before: row.integer(4), after: row.integer(5), step: row.integerOrNil(6), seats: row.integerOrNil(7),
            price: row.integerOrNil(8).map(UnitPrice.init(micros:)), currency: row.textOrNil(9).flatMap(currency),
            isPricedPerPerson: row.text(10) == "person",
            // The column is only written from a rate that was read.
            taxRate: row.integerOrNil(11).flatMap { try? Percentage(millionths: $0) }, isActive: row.flag(12))
    }

    private static func currency(_ code: String) -> Currency? {
        // The column is only written from a currency that was read.
        try? Currency(code)
    }

    private static func resource(_ row: Row) -> Resource {
        Resource(
            id: row.integer(0), key: row.text(1), name: row.text(2),
            // A zone that this system no longer knows leaves the clock at UTC.
            zone: TimeZone(identifier: row.text(3)) ?? .gmt, capacity: row.integer(4), isAlwaysOpen: row.flag(5),
            isActive: row.flag(6))
    }
}
