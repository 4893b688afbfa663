import ChannelKit

/// Looks up what is free, and gives it to nobody twice.
struct Desk {
    let services: ChannelServices

    /// The bookings that take anything of a place within a range of Unix time, buffers included.
    func occupations(of place: Place, in range: Range<Int64>) throws -> [Occupation] {
        // CROSS JOIN keeps SQLite at looking up each class of lengths by the index.
        try services.all(
            """
            SELECT order_id, busy_from, busy_to, start_at, end_at, seats, service_id
            FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7)) AS class CROSS JOIN booking__booking
            WHERE place = ? AND length_class = class.column1 AND busy_from > ? - (3600 << (2 * class.column1))
                AND busy_from < ? AND busy_to > ? AND takes_place = 1 AND place IS NOT NULL
            """, .text(place.key), .integer(range.lowerBound), .integer(range.upperBound), .integer(range.lowerBound)
        ) { row in
            Occupation(
                order: OrderID(rawValue: row.integer(0)), busy: row.integer(1)..<row.integer(2),
                start: Instant(seconds: row.integer(3)), end: Instant(seconds: row.integer(4)),
                seats: row.integerOrNil(5), service: row.integerOrNil(6))
        }
    }

    /// Refuses an appointment when its place is closed.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `outside-hours`.
    func refuseOutsideHours(_ appointment: Appointment) throws {
        guard try isOpen(appointment) else {
            throw ChannelRefusal(
                "outside-hours",
                "\(appointment.resource?.name ?? "the shop") is not open the whole time; ask booking.availability for "
                    + "what is free, or as staff put outside_hours: true into the details")
        }
    }

    /// Refuses an appointment that does not fit between those there are.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `double-booked`, and the times that are taken.
    func refuseTaken(_ appointment: Appointment, besides order: OrderID? = nil) throws {
        guard let place = appointment.place else { return }
        let others = try occupations(of: place, in: appointment.busy).filter { $0.order != order }
        let left = place.left(in: appointment.busy, for: appointment.service, besides: others)
        // A whole place is free or not, whoever comes.
        guard left < appointment.seats ?? 1 else { return }
        let name = appointment.resource?.name ?? "this"
        throw Self.doubleBooked(
            others, left: left, appointment.span.zone,
            left == 0 ? "\(name) is taken then; choose another time" : "only \(left) more fit \(name) then")
    }

    /// Chooses the first of some resources that is open and free for an appointment.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `double-booked`, `outside-hours` or `over-capacity` when none is.
    func firstFree(
        among resources: [Resource], besides order: OrderID? = nil, isAnyHour: Bool,
        _ appointment: (Resource) throws -> Appointment
    ) throws -> Appointment {
        var refusals: [ChannelRefusal] = []
        for resource in resources {
            do {
                let appointment = try appointment(resource)
                if !isAnyHour { try refuseOutsideHours(appointment) }
                try refuseTaken(appointment, besides: order)
                return appointment
            } catch let refusal as ChannelRefusal {
                refusals.append(refusal)
            }
        }
        // What might be free at another time says more than what is closed or too small.
        guard let refusal = refusals.first(where: { $0.slug == "double-booked" }) ?? refusals.last else {
            throw ChannelRefusal("resource-inactive", "nothing that could do this is active")
        }
        throw refusal
    }

    private func isOpen(_ appointment: Appointment) throws -> Bool {
        guard appointment.place != nil else { return true }
        let range = appointment.span.start.seconds..<appointment.span.end.seconds
        return try Timetable(services: services).hours(of: appointment.resource, in: range).covers(range)
    }

    /// Says which times are taken, not by whom.
    private static func doubleBooked(
        _ others: [Occupation], left: Int64, _ zone: TimeZone, _ text: String
    ) -> ChannelRefusal {
        let clock = Clock(zone: zone)
        let taken = others.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.prefix(20).map { other in
            JSON.object([
                JSON.Member(name: "start", value: .string(clock.written(other.start))),
                JSON.Member(name: "end", value: .string(clock.written(other.end))),
                JSON.Member(name: "start_at", value: .string(other.start.text)),
                JSON.Member(name: "end_at", value: .string(other.end.text)),
            ])
        }
        return .conflict(
            "double-booked", text,
            details: [
                JSON.Member(name: "taken", value: .array(taken)),
                JSON.Member(name: "left", value: .number(String(left))),
            ])
    }
}
