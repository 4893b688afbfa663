public import ChannelKit

/// Orders that staff enter by hand: from a chat, a call, a market stall, a letter.
///
/// Details: `source`; optional `staff`, `occurred_at`, `verbal_consent {heard_by}`, `note`, `paid` (an amount), `address`
/// (an id of the customer's address book, or an object). A corrected entry's tell `corrected_by`, those of its correction
/// `corrects`. Without `paid` what is completed counts as paid.
public struct ManualEntry: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "manual", version: "1.1.0", title: "Manual entry", capabilities: [.ownExternalIDs, .payments],
        states: [
            .init("open", .open),
            .init("confirmed", .confirmed),
            .init("done", .completed),
            .init("cancelled", .cancelled),
        ],
        settings: [
            ChannelSetting(
                "default_state", .oneOf(["open", "confirmed", "done"]), standard: "open",
                summary: "The state of a new order that tells none.")
        ],
        details: details,
        personalDetails: [DetailPath("note"), DetailPath("address"), DetailPath("reason")],
        staffDetails: [
            DetailPath("note"), DetailPath("memo"), DetailPath("staff"), DetailPath("verbal_consent"),
            DetailPath("reason"),
        ],
        lastingDetails: [
            DetailPath("source"), DetailPath("occurred_at"), DetailPath("staff"),
            DetailPath("verbal_consent", "heard_by"), DetailPath("corrects"), DetailPath("corrected_by"),
            DetailPath("paid"),
        ],
        migrations: EntrySchema.migrations, tables: EntrySchema.tables)

    private let defaultState: String

    public init(settings: ChannelSettings) {
        defaultState = settings["default_state"]
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        try Entry.checkWitness(details)
        let entry = try Entry(details, occasion)
        if let address = try details.address("address", as: .contact) { draft.addresses.append(address) }
        if draft.placedAt == nil { draft.placedAt = entry.occurredAt }
        let additions = entry.additions(
            hasConsent: draft.consent.contains(where: \.isGranted), enteredBy: occasion.actor.name)
        if !additions.isEmpty { draft.details = details.setting(additions) }
        // The evidence itself tells who can bear witness.
        if let witness = entry.witness(enteredBy: occasion.actor.name) {
            for index in draft.consent.indices where draft.consent[index].note == nil {
                draft.consent[index].note = "heard by \(witness)"
            }
        }
        try begin(&draft, in: defaultState)
        try draft.notePayment(details, isOver: draft.state == .completed || draft.state == .refunded)
    }

    public func revise(
        _ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion
    ) throws {
        let entry = try Entry(details, occasion)
        // Who changes an order has not entered it, and what was said when it was entered stays said.
        let former = try Details(storedWith: order)
        try Entry.checkWitness(details, before: former)
        let additions = entry.additions(
            hasConsent: former.missing("verbal_consent").isEmpty,
            enteredBy: former.line("", "staff")?.text ?? occasion.actor.name)
        if !additions.isEmpty { change.details = details.setting(additions) }
        let isOver = change.state == .completed || (order.state == .completed && change.state != .open)
        try change.notePayment(details, of: order, isOver: isOver)
    }
}

extension Actor {
    /// The name of a person, or else what acted.
    fileprivate var name: String {
        switch self {
        case .staff(let name): name
        case .operator, .channel, .customer, .system: description
        }
    }
}
