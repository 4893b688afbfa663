public import ChannelKit

/// Orders that staff enter by hand: from a chat, a call, a market stall, a letter.
///
/// Details: `source`; optional `staff`, `occurred_at`, `verbal_consent {heard_by}`, `note`.
public struct ManualEntry: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "manual", version: "1.0.0", title: "Manual entry", capabilities: [.ownExternalIDs],
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
        personalDetails: [DetailPath("note")])

    private let defaultState: String

    public init(settings: ChannelSettings) {
        defaultState = settings["default_state"]
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        let entry = try Entry(details, occasion)
        if draft.placedAt == nil { draft.placedAt = entry.occurredAt }
        let additions = entry.additions(hasConsent: draft.consent.contains(where: \.isGranted), occasion.actor)
        if !additions.isEmpty { draft.details = details.setting(additions) }
        guard draft.state == .open, draft.channelState == nil else { return }
        draft.state = try state(for: defaultState)
        draft.channelState = defaultState
    }

    public func revise(_ details: Details, _ change: inout OrderChange, _ occasion: Occasion) throws {
        _ = try Entry(details, occasion)
    }
}
