import ChannelKit

extension Desk {
    /// What details ask for, with what follows from the shop's own set-up.
    ///
    /// - Parameters:
    ///   - details: A booking's.
    ///   - length: How long it is where the details tell no end, in seconds; nil for as long as its service takes.
    ///   - isTest: Whether it is in the calendar of tests.
    ///   - choice: Whether a resource is chosen where the details name none, and around which order.
    /// - Returns: The appointment, and the members that complete the details.
    /// - Throws: ``ChannelRefusal``.
    func arrange(
        _ details: Details, length: Int64? = nil, isTest: Bool, choosing choice: Choice
    ) throws -> (appointment: Appointment, members: [JSON.Member]) {
        let catalogue = Catalogue(services: services)
        let service = try catalogue.service(details.text("service") ?? "")
        let offered = try service.map(catalogue.resources) ?? []
        let word = try details.text("resource")
        let named = try word.flatMap(catalogue.resource)
        if let word { try Resource.refuse(named, called: word, unlessAmong: offered) }
        let home = named?.zone ?? offered.first?.zone ?? service.map { _ in services.occasion.shop.timeZone }
        let party = try details.integer("party_size") ?? 1
        let usual = length ?? service?.duration.map { $0 * 60 }
        guard let zone = try details.timeZone("time_zone") ?? home,
            let span = try BookedSpan(details, in: zone, length: usual)
        else {
            throw ChannelRefusal.incomplete(
                (usual == nil ? details.missing("end") : []) + (home == nil ? details.missing("time_zone") : []))
        }
        let make = { (resource: Resource?) throws in
            try Appointment(service, on: resource, called: word, span, partySize: party, isTest: isTest)
        }
        var added = span.instants
        let clock = Clock(zone: zone)
        if !details.missing("time_zone").isEmpty {
            added.append(JSON.Member(name: "time_zone", value: .string(zone.identifier)))
        }
        if !details.missing("end").isEmpty {
            added.append(JSON.Member(name: "end", value: .string(clock.written(span.end))))
        }
        guard word == nil, !offered.isEmpty else { return (try make(named), added) }
        switch choice {
        case .none: return (try make(nil), added)
        case .refused: throw ChannelRefusal.incomplete(["resource"])
        case .free(let order):
            let appointment = try firstFree(
                among: offered.filter(\.isActive), besides: order, isAnyHour: isAnyHour(details), make)
            if let resource = appointment.resource {
                added.append(JSON.Member(name: "resource", value: .string(resource.word)))
            }
            return (appointment, added)
        }
    }

    /// What is to be done where nobody says which resource.
    enum Choice {
        /// The first that is free is taken, leaving an order aside.
        case free(besides: OrderID?)
        /// The caller must say it.
        case refused
        /// It does not matter, since nothing is taken.
        case none
    }

    /// Refuses an appointment that is not to be had.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `outside-hours`, `double-booked`, `service-inactive` or
    ///   `resource-inactive`.
    func refuseUnfree(_ appointment: Appointment, _ details: Details, besides order: OrderID) throws {
        if let resource = appointment.resource, !resource.isActive {
            throw ChannelRefusal("resource-inactive", "\(resource.name) is no longer booked")
        }
        if try !isAnyHour(details) { try refuseOutsideHours(appointment) }
        try refuseTaken(appointment, besides: order)
    }

    /// Whether staff say that it may be outside the opening hours.
    private func isAnyHour(_ details: Details) throws -> Bool {
        try details.flag("outside_hours") == true && services.occasion.actor.isStaff
    }
}
