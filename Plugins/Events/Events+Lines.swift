public import ChannelKit

extension Events {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let tickets = ((try? details.objects("tickets")) ?? []).compactMap { try? Ticket($0).text }
        return [
            details.line("Event", "title") ?? details.line("Event", "event"), details.line("Date", "date"),
            details.line("Held until", "hold_until"),
        ]
        .compactMap(\.self) + tickets.filter { !$0.isEmpty }.map { DetailLine("Ticket", $0) }
    }
}
