import ChannelKit

extension Booking {
    func availability(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let catalogue = Catalogue(services: services)
        let service = try catalogue.knownService(arguments.text("service") ?? "")
        guard service.isActive else {
            throw ChannelRefusal("service-inactive", "\(service.name) is no longer booked")
        }
        guard let duration = try arguments.minutes("duration", 1...527_040) ?? service.duration else {
            throw ChannelRefusal.incomplete(["duration"])
        }
        let resources = try Self.candidates(service, arguments.text("resource"), catalogue)
        let shown = try arguments.timeZone("time_zone")
        let zone = shown ?? resources.first.flatMap { $0?.zone } ?? services.occasion.shop.timeZone
        let from = max(try arguments.instant("from", zone: zone) ?? services.occasion.at, services.occasion.at)
        let to = try arguments.end("to", zone: zone) ?? from.seconds + 7 * 86_400
        guard to - from.seconds <= 93 * 86_400 else { throw arguments.bad("to", "at most 93 days can be looked at") }
        let after = try page.position(2) { values in
            values[0].integerValue.flatMap { start in values[1].integerValue.map { FreeTime.Position(start, Int($0)) } }
        }
        let search = FreeTimes(
            desk: Desk(services: services), service: service, resources: resources, duration: duration * 60,
            partySize: try arguments.number("party_size", 1...1_000_000) ?? 1)
        let first = max(from.seconds, after?.start ?? from.seconds)
        let found = first < to ? try search.find(in: first..<to, after: after, limit: page.limit + 1) : []
        let rows = found.prefix(page.limit)
        return .list(
            rows.map { $0.shape(in: shown) },
            next: found.count > page.limit
                ? rows.last.map { [.number(String($0.position.start)), .number(String($0.position.rank))] } : nil)
    }

    /// What could do a service; nil stands for the shop as a whole.
    private static func candidates(
        _ service: Service, _ word: String?, _ catalogue: Catalogue
    ) throws -> [Resource?] {
        let offered = try catalogue.resources(of: service)
        guard let word else { return offered.isEmpty ? [nil] : offered.filter(\.isActive) }
        let resource = try catalogue.knownResource(word)
        try Resource.refuse(resource, called: word, unlessAmong: offered)
        return resource.isActive ? [resource] : []
    }
}
