import ChannelKit

extension Booking {
    func list(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let catalogue = Catalogue(services: services)
        let resource = try arguments.text("resource").map(catalogue.knownResource)
        let service = try arguments.text("service").map(catalogue.knownService)
        let zone = resource?.zone ?? services.occasion.shop.timeZone
        let range = try Self.range(arguments, zone)
        let after = try page.position(2) { values in
            values[0].integerValue.flatMap { start in values[1].integerValue.map { (start, $0) } }
        }
        let filter = Filter(
            range: range, after: after ?? (range.lowerBound, 0), isAll: try arguments.flag("cancelled") ?? false,
            limit: Int64(page.limit + 1))
        let found = try Self.find(filter, resource, service, services)
        let shown = found.prefix(page.limit)
        return .list(
            try shown.map { Self.shape(of: try services.order($0.order)) },
            next: found.count > page.limit
                ? shown.last.map { [.number(String($0.start)), .number(String($0.order.rawValue))] } : nil)
    }

    private struct Filter {
        let range: Range<Int64>
        let after: (start: Int64, order: Int64)
        let isAll: Bool
        let limit: Int64
    }

    private static func range(_ arguments: Details, _ zone: TimeZone) throws -> Range<Int64> {
        var start: Int64 = .min
        var end: Int64 = .max
        if let text = try arguments.text("day") {
            guard arguments.missing("from").count + arguments.missing("to").count == 2 else {
                throw arguments.bad("day", "give a day, or from and to")
            }
            _ = try arguments.date("day")
            start = try Instant(parsing: text, zone: zone).seconds
            end = try arguments.end("day", zone: zone) ?? end
        }
        start = try arguments.instant("from", zone: zone)?.seconds ?? start
        end = try arguments.end("to", zone: zone) ?? end
        guard start <= end else { throw arguments.bad("to", "it must be later than from") }
        return start..<end
    }

    /// Each kind of list goes along an index of its own.
    private static func find(
        _ filter: Filter, _ resource: Resource?, _ service: Service?, _ services: ChannelServices
    ) throws -> [(start: Int64, order: OrderID)] {
        let (start, order) = (Value.integer(filter.after.start), Value.integer(filter.after.order))
        let (end, isAll, limit) = (Value.integer(filter.range.upperBound), Value.flag(filter.isAll), filter.limit)
        let found = { (row: Row) in (row.integer(0), OrderID(rawValue: row.integer(1))) }
        if let resource {
            return try services.all(
                """
                SELECT start_at, order_id FROM booking__booking WHERE resource_id = ? AND (start_at, order_id) > (?, ?)
                    AND start_at < ? AND (? OR takes_place = 1) AND (? IS NULL OR service_id = ?)
                ORDER BY start_at, order_id LIMIT ?
                """, .integer(resource.id), start, order, end, isAll, .integer(orNull: service?.id),
                .integer(orNull: service?.id), .integer(limit), element: found)
        }
        if let service {
            return try services.all(
                """
                SELECT start_at, order_id FROM booking__booking WHERE service_id = ? AND (start_at, order_id) > (?, ?)
                    AND start_at < ? AND (? OR takes_place = 1) ORDER BY start_at, order_id LIMIT ?
                """, .integer(service.id), start, order, end, isAll, .integer(limit), element: found)
        }
        return try services.all(
            """
            SELECT start_at, order_id FROM booking__booking WHERE (start_at, order_id) > (?, ?) AND start_at < ?
                AND (? OR takes_place = 1) ORDER BY start_at, order_id LIMIT ?
            """, start, order, end, isAll, .integer(limit), element: found)
    }
}
