import ChannelKit

/// Until when others than staff may cancel and move bookings.
struct Deadlines: Equatable {
    /// In hours before the start; nil for always.
    private let cancelling: Int64?
    private let moving: Int64?

    /// - Throws: ``ChannelRefusal`` for what is no number of hours.
    init(_ settings: ChannelSettings) throws {
        cancelling = try Self.hours("cancel_hours", settings)
        moving = try Self.hours("reschedule_hours", settings)
    }

    /// - Throws: ``ChannelRefusal`` with slug `too-late`.
    func refuseLateCancelling(_ span: BookedSpan?, _ occasion: Occasion) throws {
        try refuse(cancelling, "cancelled", span, occasion)
    }

    /// - Throws: ``ChannelRefusal`` with slug `too-late`.
    func refuseLateMoving(_ span: BookedSpan?, _ occasion: Occasion) throws {
        try refuse(moving, "moved", span, occasion)
    }

    private func refuse(_ hours: Int64?, _ what: String, _ span: BookedSpan?, _ occasion: Occasion) throws {
        guard let hours, let span, !occasion.actor.isStaff,
            occasion.at.seconds > span.start.seconds - hours * 3_600
        else { return }
        throw ChannelRefusal(
            "too-late", "it could be \(what) until \(hours) hours before the start; ask the shop",
            details: [
                JSON.Member(name: "until", value: .string(Instant(seconds: span.start.seconds - hours * 3_600).text))
            ])
    }

    private static func hours(_ name: String, _ settings: ChannelSettings) throws -> Int64? {
        guard !settings[name].isEmpty else { return nil }
        guard let hours = Int64(settings[name]), (0...8_760).contains(hours) else {
            throw ChannelRefusal.badValue(name, "hours from 0 to 8760 are needed, or nothing")
        }
        return hours
    }
}

extension Actor {
    /// Whether it speaks for the shop itself.
    var isStaff: Bool {
        switch self {
        case .operator, .staff, .system: true
        case .channel, .customer: false
        }
    }
}
