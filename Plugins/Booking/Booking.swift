public import ChannelKit

/// Appointments and reservations: a service from one time to another.
///
/// Details: `service`, `start`, `end`, `time_zone`; optional `resource`, `capacity`, `party_size`, `participant {name,
/// email, phone}`, `note`, and `start_offset`, `end_offset` where a wall time occurs twice. The core finds `start_at`
/// and `end_at` added, in UTC.
public struct Booking: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "booking", version: "1.0.0", title: "Booking",
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
                summary: "A new booking is confirmed without anybody looking at it.")
        ],
        personalDetails: [DetailPath("participant"), DetailPath("note")],
        lastingDetails: [
            "service", "resource", "start", "end", "start_at", "end_at", "time_zone", "party_size", "capacity",
        ])

    private let confirmsAtOnce: Bool

    public init(settings: ChannelSettings) {
        confirmsAtOnce = settings.isOn("confirm_at_once")
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        draft.details = try checked(details)
        try begin(&draft, in: confirmsAtOnce ? "confirmed" : "requested")
    }

    public func revise(
        _ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion
    ) throws {
        change.details = try checked(details)
    }

    /// The details with the instants of the booking.
    private func checked(_ details: Details) throws -> JSONFragment {
        try details.require("service", "start", "end", "time_zone")
        guard let zone = try details.timeZone("time_zone"),
            let start = try BookedTime(reading: "start", of: details, in: zone),
            let end = try BookedTime(reading: "end", of: details, in: zone)
        else { throw ChannelRefusal.incomplete(["start", "end", "time_zone"]) }
        guard start.instant < end.instant else {
            throw ChannelRefusal("end-before-start", "the end must be later than the start")
        }
        for name in ["service", "resource", "note"] { _ = try details.text(name) }
        try checkParty(details)
        if let participant = try details.object("participant") {
            for name in ["name", "email", "phone"] { _ = try participant.text(name) }
        }
        return details.setting([
            JSON.Member(name: "start_at", value: .string(start.instant.text)),
            JSON.Member(name: "end_at", value: .string(end.instant.text)),
        ])
    }

    private func checkParty(_ details: Details) throws {
        for name in ["capacity", "party_size"] {
            if let number = try details.integer(name), number < 1 {
                throw ChannelRefusal.badDetail(name, "a number of at least 1 is needed here")
            }
        }
        if let capacity = try details.integer("capacity"), let party = try details.integer("party_size"),
            party > capacity
        {
            throw ChannelRefusal("over-capacity", "a party of \(party) is more than the \(capacity) there is room for")
        }
    }
}
