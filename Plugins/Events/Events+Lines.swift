public import ChannelKit

extension Events {
    public func completed(_ details: Details, of order: Order, _ services: ChannelServices) throws -> Details {
        // What is paid, or over, is held no longer.
        let hold = order.state == .open ? [] : [JSON.Member(name: "hold_until", value: .null)]
        let reader = EventReader(services)
        guard let purchase = try reader.purchase(order.id) else {
            return try Details(JSON(parsing: details.setting(hold).bytes))
        }
        // An event may have moved since the order came in.
        let event = try reader.event(purchase.eventID)
        let now = details.setting(
            hold + [
                .init(name: "title", value: .string(event.title)),
                .init(name: "date", value: .string(event.startsAt.wallText(in: event.zone))),
                .init(name: "time_zone", value: .string(event.zone.identifier)),
                .init(name: "place", value: event.place.map { .string($0) } ?? .null),
            ])
        return try Details(JSON(parsing: now.bytes))
    }

    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let tickets = ((try? details.objects("tickets")) ?? []).compactMap { try? Ticket($0).text(occasion) }
        let event = occasion.word("Event", de: "Veranstaltung", tr: "Etkinlik")
        return [
            details.line(event, "title") ?? details.line(event, "event"),
            details.line(occasion.word("Date", de: "Datum", tr: "Tarih"), "date"),
            details.line(occasion.word("Place", de: "Ort", tr: "Yer"), "place"),
            hold(of: details, occasion),
        ]
        .compactMap(\.self)
            + tickets.filter { !$0.isEmpty }.map { DetailLine(occasion.word("Ticket", de: "Karte", tr: "Bilet"), $0) }
    }

    /// Until when the tickets are held, as the shop's clock shows it.
    private func hold(of details: Details, _ occasion: Occasion) -> DetailLine? {
        let label = occasion.word("Held until", de: "Vorgemerkt bis", tr: "Ayırma süresi")
        // Details of long ago show the time as it was written.
        guard let zone = try? details.timeZone("time_zone") ?? occasion.shop.timeZone,
            let until = try? details.instant("hold_until", zone: zone)
        else { return details.line(label, "hold_until") }
        return DetailLine(label, Clock(zone: occasion.shop.timeZone).text(at: until))
    }
}
