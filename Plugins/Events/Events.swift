public import ChannelKit

/// Tickets to events; who comes is told per ticket and need not be who buys.
///
/// Details: `event`, `tickets [{type, attendee}]`, the attendee a name or `{name, email}`; optional `date`,
/// `time_zone`, `hold_until`, and per ticket `seat`. An event that is set up (`events.create`) with ticket types has its
/// tickets counted and made, each seat is given out once, and people read its title and date as they are now; any other
/// is taken as free text. With `hold_until` the attendees may be told later; an order that tells neither a state nor
/// `hold_until` is held for `hold_minutes`.
public struct Events: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "events", version: "2.0.0", title: "Events", capabilities: [.payments],
        states: [
            .init("held", .open), .init("paid", .confirmed), .init("checked-in", .completed),
            .init("expired", .expired), .init("cancelled", .cancelled), .init("refunded", .refunded),
        ],
        settings: [
            ChannelSetting(
                "default_state", .oneOf(["held", "paid"]), standard: "held",
                summary: "The state of a new order that tells none."),
            ChannelSetting(
                "hold_minutes", .text, standard: "15",
                summary: "How long events.hold, and an order that tells no state, keeps tickets where it is not told."),
            ChannelSetting(
                "offer_minutes", .text, standard: "1440",
                summary: "How long tickets are kept for somebody of the waiting list."),
        ], details: details,
        personalDetails: [DetailPath("tickets", "attendee"), DetailPath("tickets", "note")],
        lastingDetails: [
            DetailPath("event"), DetailPath("title"), DetailPath("date"), DetailPath("time_zone"),
            DetailPath("hold_until"), DetailPath("tickets", "type"), DetailPath("tickets", "seat"),
        ], participantDetails: [DetailPath("tickets", "attendee")],
        migrations: EventsSchema.migrations,
        tables: EventsSchema.tables)

    private let defaultState: String
    let holdMinutes: Int64
    let offerMinutes: Int64

    public init(settings: ChannelSettings) throws {
        defaultState = settings["default_state"]
        holdMinutes = try Self.minutes("hold_minutes", settings)
        offerMinutes = try Self.minutes("offer_minutes", settings)
    }

    /// The longest a hold may last: 60 days.
    static let longestHold: Int64 = 86_400

    private static func minutes(_ name: String, _ settings: ChannelSettings) throws -> Int64 {
        guard let minutes = Int64(settings[name]), (1...longestHold).contains(minutes) else {
            throw ChannelRefusal.badValue(name, "1 to \(longestHold) minutes are needed")
        }
        return minutes
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        try check(details, occasion)
        try begin(&draft, in: defaultState)
        switch draft.state {
        case .confirmed, .completed, .refunded: draft.isPaidInFull = true
        case .open, .cancelled, .expired: break
        }
    }

    public func revise(_ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion) throws {
        // What stays as it was may lack by now who came: erased.
        if change.details != nil { try check(details, occasion) }
        switch change.state {
        case .confirmed, .completed: change.isPaidInFull = true
        case nil, .open, .cancelled, .expired, .refunded: break
        }
        switch change.state {
        case .open, .cancelled, .expired:
            // A closed order cannot be refunded any more, and what is only held is not paid.
            guard !order.state.isClosed, change.state != order.state, order.hasMoney else { return }
            throw ChannelRefusal.conflict(
                "already-paid", "the tickets are paid; use order.refund, or events.refund-ticket for one of them")
        case nil, .confirmed, .completed, .refunded: return
        }
    }

    private func check(_ details: Details, _ occasion: Occasion) throws {
        let tickets = try details.objects("tickets").map(Ticket.init)
        let zone = try details.timeZone("time_zone") ?? occasion.shop.timeZone
        let isHeld = try details.instant("hold_until", zone: zone) != nil
        let missing =
            details.missing("event") + (tickets.isEmpty ? [details.path(of: "tickets")] : [])
            + tickets.flatMap { $0.missing(isHeld: isHeld) }
        guard missing.isEmpty else { throw ChannelRefusal.incomplete(missing) }
        for name in ["event", "title"] { _ = try details.text(name) }
        _ = try details.instant("date", zone: zone)
        for ticket in tickets { try ticket.check() }
    }
}

extension Order {
    /// Whether the shop has been paid for it what it has not given back.
    var hasMoney: Bool { paid.minor > 0 && net.minor > 0 }
}
