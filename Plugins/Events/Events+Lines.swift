public import ChannelKit

extension Events {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let tickets = ((try? details.objects("tickets")) ?? []).compactMap { try? Ticket($0).text(occasion) }
        return [
            details.line(occasion.word("Event", de: "Veranstaltung", tr: "Etkinlik"), "title")
                ?? details.line(occasion.word("Event", de: "Veranstaltung", tr: "Etkinlik"), "event"),
            details.line(occasion.word("Date", de: "Datum", tr: "Tarih"), "date"),
            details.line(occasion.word("Held until", de: "Vorgemerkt bis", tr: "Ayırma süresi"), "hold_until"),
        ]
        .compactMap(\.self)
            + tickets.filter { !$0.isEmpty }.map { DetailLine(occasion.word("Ticket", de: "Karte", tr: "Bilet"), $0) }
    }
}
