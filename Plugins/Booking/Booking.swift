public import ChannelKit

/// Appointments and reservations: a service from one time to another.
///
/// Details: `service`, `start`, `end`, `time_zone`; optional `resource`, `capacity`, `party_size`, `participant {name,
/// email, phone}`, `note`, `paid` (an amount; without it what was attended counts as paid), `outside_hours`, and
/// `start_offset`, `end_offset` where a wall time occurs twice. Of a service that the shop has set up the end, the time zone and the resource may be left out. The core finds `start_at`
/// and `end_at` added, in UTC, and under `former` the times a booking had before it was moved.
public struct Booking: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "booking", version: "1.2.0", title: "Booking", capabilities: [.payments],
        states: [
            .init("requested", .open),
            .init("confirmed", .confirmed),
            .init("rescheduled", .confirmed),
            .init("attended", .completed),
            .init("no-show", .completed),
            .init("cancelled", .cancelled),
        ],
        settings: [
            ChannelSetting(
                "confirm_at_once", .flag, standard: "false",
                summary: "A new booking is confirmed without anybody looking at it."),
            ChannelSetting(
                "cancel_hours", .text, standard: "",
                summary: "Until so many hours before the start a booking may be cancelled by others than staff; empty: "
                    + "always."),
            ChannelSetting(
                "reschedule_hours", .text, standard: "",
                summary: "Until so many hours before the start a booking may be moved by others than staff; empty: "
                    + "always."),
            ChannelSetting(
                "attend_minutes", .text, standard: "60",
                summary: "From so many minutes before the start on it can be said that whoever booked has come; empty: "
                    + "always."),
            ChannelSetting(
                "requested_hours", .text, standard: "168",
                summary:
                    "A request of others than staff that nobody confirms for so many hours expires before it begins; "
                    + "0: never."),
            ChannelSetting(
                "mails", .flag, standard: "false",
                summary: "Customers get a mail when a booking is confirmed, moved, cancelled or expires."),
        ],
        details: details,
        personalDetails: [DetailPath("participant"), DetailPath("note")],
        lastingDetails: [
            DetailPath("service"), DetailPath("resource"), DetailPath("start"), DetailPath("end"),
            DetailPath("start_at"), DetailPath("end_at"), DetailPath("time_zone"), DetailPath("party_size"),
            DetailPath("capacity"), DetailPath("former", "start_at"), DetailPath("former", "end_at"),
            DetailPath("former", "time_zone"), DetailPath("former", "resource"), DetailPath("former", "moved_at"),
            DetailPath("paid"),
        ],
        participantDetails: [DetailPath("participant")], migrations: BookingSchema.migrations,
        tables: BookingSchema.tables)

    let confirmsAtOnce: Bool
    let deadlines: Deadlines
    let postman: Postman

    public init(settings: ChannelSettings) throws {
        confirmsAtOnce = settings.isOn("confirm_at_once")
        deadlines = try Deadlines(settings)
        postman = Postman(isOn: settings.isOn("mails"))
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        // What the shop has set up may tell the end and the zone, but only inside the transaction.
        if !details.missing("service", "start").isEmpty {
            try details.require("service", "start", "end", "time_zone")
        }
        try check(details)
        var added = [JSON.Member(name: "former", value: .null)]
        if let zone = try details.timeZone("time_zone") {
            added += try BookedSpan(details, in: zone)?.instants ?? []
        }
        draft.details = Former.dropped(from: details.setting(added))
        try begin(&draft, in: confirmsAtOnce ? "confirmed" : "requested")
        let isAttended = draft.state == .completed && draft.channelState != "no-show"
        try draft.notePayment(details, isOver: isAttended || draft.state == .refunded)
    }

    public func revise(
        _ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion
    ) throws {
        let before = try Details(storedWith: order)
        let former = BookedSpan(storedIn: before)
        if change.state == .cancelled, order.state != .cancelled {
            try deadlines.refuseLateCancelling(former, occasion)
        }
        let own = change.state == nil ? order.channelState : change.channelState
        let isAttended = (change.state ?? order.state) == .completed && own != "no-show"
        let wasAttended = order.state == .completed && order.channelState != "no-show" && change.state == .refunded
        try change.notePayment(details, of: order, isOver: isAttended || wasAttended)
        guard change.details != nil else { return }
        let details = try Self.keepingLength(details, change, former)
        try check(details)
        guard details.missing("service", "start", "time_zone").isEmpty, let zone = try details.timeZone("time_zone"),
            let span = try BookedSpan(details, in: zone, length: former?.length)
        else { throw ChannelRefusal.incomplete(details.missing("service", "start", "end", "time_zone")) }
        var members = span.instants
        if !details.missing("end").isEmpty {
            members.append(JSON.Member(name: "end", value: .string(Clock(zone: zone).written(span.end))))
        }
        let isMoved = try former != nil && (former != span || before.text("resource") != details.text("resource"))
        if isMoved {
            try deadlines.refuseLateMoving(former, occasion)
            if former?.start != span.start { try span.refusePast(starting: details.text("start"), occasion) }
            if change.state == nil, let state = stateWhenMoved(order) {
                change.state = try self.state(for: state)
                change.channelState = state
            }
        }
        members.append(try Former.member(of: before, adding: isMoved, at: occasion.at))
        change.details = Former.dropped(from: details.setting(members))
    }

    /// The details without the end, which follows from the start, where the caller has named the start alone.
    private static func keepingLength(_ details: Details, _ change: OrderChange, _ former: BookedSpan?) throws
        -> Details
    {
        let named = change.namedDetails
        guard let former, named.contains("start"), !named.contains("end"), !named.contains("end_offset"),
            try details.instant("start", byClocksOf: details.timeZone("time_zone") ?? former.zone) != former.start
        else { return details }
        let members = (details.json.objectValue ?? []).filter { !["end", "end_offset"].contains($0.name) }
        return try Details(.object(members))
    }

    /// What is checked of all details, whatever the shop has set up.
    private func check(_ details: Details) throws {
        for name in ["service", "resource", "note"] { _ = try details.text(name) }
        _ = try details.flag("outside_hours")
        try checkParty(details)
        if let participant = try details.object("participant") {
            for name in ["name", "email", "phone"] { _ = try participant.text(name) }
        }
    }

    private func checkParty(_ details: Details) throws {
        for name in ["capacity", "party_size"] {
            guard let number = try details.integer(name) else { continue }
            guard number >= 1 else { throw ChannelRefusal.badDetail(name, "a number of at least 1 is needed here") }
            guard number <= 1_000_000 else {
                throw ChannelRefusal.badDetail(name, "at most 1000000 people are counted")
            }
        }
        if let capacity = try details.integer("capacity"), let party = try details.integer("party_size"),
            party > capacity
        {
            throw Appointment.overCapacity(party, capacity)
        }
    }

    /// What becomes of an order that gets another time; nil when its state stays: what nobody has confirmed yet is
    /// still only asked for.
    private func stateWhenMoved(_ order: Order) -> String? {
        switch order.state {
        case .cancelled, .refunded, .expired: nil
        case .completed: order.channelState == "no-show" ? "rescheduled" : nil
        case .confirmed: "rescheduled"
        case .open: confirmsAtOnce ? "rescheduled" : nil
        }
    }
}
