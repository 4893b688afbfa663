public import ChannelKit

extension Events {
    public func completed(_ details: Details, of order: Order, _ services: ChannelServices) throws -> Details {
        let reader = EventReader(services)
        guard let purchase = try reader.purchase(order.id) else { return details }
        // An event may have moved since the order came in.
        let event = try reader.event(purchase.eventID)
        let now = details.setting([
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
            details.line(occasion.word("Held until", de: "Vorgemerkt bis", tr: "Ayırma süresi"), "hold_until"),
        ]
        .compactMap(\.self)
            + tickets.filter { !$0.isEmpty }.map { DetailLine(occasion.word("Ticket", de: "Karte", tr: "Bilet"), $0) }
    }
}
