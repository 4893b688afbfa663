import ChannelKit

/// The least a channel can be.
struct Kiosk: ChannelPlugin {
    static let descriptor = ChannelDescriptor(
        id: "kiosk", version: "1.0.0", title: "Kiosk", states: [.init("open", .open)],
        settings: [
            ChannelSetting("mode", .oneOf(["fast", "slow"]), standard: "fast", summary: "how fast"),
            ChannelSetting("sound", .flag, standard: "false", summary: "whether it beeps"),
        ])

    private let isSlow: Bool

    init(settings: ChannelSettings) throws {
        isSlow = settings["mode"] == "slow"
    }

    func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {}

    func revise(_ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion) throws {}

    func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        [DetailLine("Speed", isSlow ? "slow" : "fast")]
    }
}
