public import ChannelKit

/// Tickets to events; who comes is told per ticket and need not be who buys.
///
/// Details: `event`, `tickets [{type, attendee}]`, the attendee a name or `{name, email}`; optional `date`,
/// `time_zone`, and per ticket `seat`.
public struct Events: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "events", version: "1.0.0", title: "Events",
        states: [
            .init("held", .open),
            .init("paid", .confirmed),
            .init("checked-in", .completed),
            .init("expired", .expired),
            .init("cancelled", .cancelled),
        ],
        settings: [
            ChannelSetting(
                "default_state", .oneOf(["held", "paid"]), standard: "held",
                summary: "The state of a new order that tells none.")
        ],
        personalDetails: [DetailPath("tickets", "attendee"), DetailPath("tickets", "note")],
        lastingDetails: ["event", "date", "time_zone", "tickets"])

    private let defaultState: String

    public init(settings: ChannelSettings) {
        defaultState = settings["default_state"]
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        try check(details, occasion)
        try begin(&draft, in: defaultState)
        if draft.channelState == "paid" { draft.isPaidInFull = true }
    }

    public func revise(
        _ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion
    ) throws {
        try check(details, occasion)
        if change.channelState == "paid" { change.isPaidInFull = true }
    }

    private func check(_ details: Details, _ occasion: Occasion) throws {
        let tickets = try details.objects("tickets").map(Ticket.init)
        let missing =
            details.missing("event") + (tickets.isEmpty ? [details.path(of: "tickets")] : [])
            + tickets.flatMap(\.missing)
        guard missing.isEmpty else { throw ChannelRefusal.incomplete(missing) }
        _ = try details.text("event")
        let zone = try details.timeZone("time_zone") ?? occasion.shop.timeZone
        _ = try details.instant("date", zone: zone)
        for ticket in tickets { try ticket.check() }
    }
}
