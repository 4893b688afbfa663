import ChannelKit

extension Booking {
    func resources(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let key = try page.position(1) { $0[0].stringValue } ?? ""
        let found = try Catalogue(services: services).resources(after: key, limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        return .list(
            shown.map(Self.shape), next: found.count > page.limit ? shown.last.map { [.string($0.key)] } : nil)
    }

    func setResource(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let catalogue = Catalogue(services: transaction.services)
        let word = try arguments.text("resource") ?? ""
        let key = Service.key(word)
        guard !key.isEmpty, key != "any" else {
            throw arguments.bad("resource", "a word other than any is needed here")
        }
        let known = try catalogue.resource(key)
        try transaction.change(
            """
            INSERT INTO booking__resource (key, name, time_zone, capacity, is_active) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
                capacity = excluded.capacity, is_active = excluded.is_active
            """,
            .text(key), .text(try arguments.text("name") ?? known?.name ?? word),
            .text(
                (try arguments.timeZone("time_zone") ?? known?.zone ?? transaction.occasion.shop.timeZone).identifier),
            .integer(try arguments.number("capacity", 1...1_000_000) ?? known?.capacity ?? 1),
            .flag(try arguments.flag("active") ?? known?.isActive ?? true))
        if known == nil { try Ledger(transaction).adopt() }
        return .ok(Self.shape(of: try catalogue.knownResource(key)))
    }

    private static func shape(of resource: Resource) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("resource", resource.key)
            writer.member("name", resource.name)
            writer.member("capacity", resource.capacity)
            writer.member("time_zone", resource.zone.identifier)
            writer.member("always_open", resource.isAlwaysOpen)
            writer.member("active", resource.isActive)
        }
    }
}
