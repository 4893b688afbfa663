import ChannelKit

/// Until when others than staff may cancel and move bookings, when requests expire, and from when on
/// anybody may say how one ended.
struct Deadlines: Equatable {
    /// In hours before the start; nil for always.
    private let cancelling: Int64?
    private let moving: Int64?
    /// In minutes before the start; nil for always.
    private let attending: Int64?
    /// In hours after it was made; 0 for never.
    private let requesting: Int64

    /// - Throws: ``ChannelRefusal`` for what is no number of hours or minutes.
    init(_ settings: ChannelSettings) throws {
        cancelling = try Self.number("cancel_hours", "hours", 0...8_760, settings)
        moving = try Self.number("reschedule_hours", "hours", 0...8_760, settings)
        attending = try Self.number("attend_minutes", "minutes", 0...527_040, settings)
        requesting = try Self.number("requested_hours", "hours", 0...8_760, settings) ?? 0
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

    /// Whether requests expire at all.
    var letRequestsExpire: Bool { requesting > 0 }

    /// When a request that is made now expires; nil for never, and where it begins before.
    func expiry(_ span: BookedSpan?, _ occasion: Occasion) -> Instant? {
        guard let span, letRequestsExpire, !occasion.actor.isStaff else { return nil }
        let expiry = Instant(seconds: occasion.at.seconds + requesting * 3_600)
        return expiry < span.start ? expiry : nil
    }

    /// Refuses a state that tells how a booking ended while nobody can know.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `not-yet`.
    func refuseTooEarly(_ state: String, _ span: BookedSpan?, _ occasion: Occasion) throws {
        guard let span else { return }
        let from: Int64
        switch state {
        case "attended":
            guard let attending else { return }
            from = span.start.seconds - attending * 60
        case "no-show": from = span.start.seconds
        default: return
        }
        guard occasion.at.seconds < from else { return }
        let instant = Instant(seconds: from).text
        throw ChannelRefusal.conflict(
            "not-yet", "it begins at \(span.start.text); \(state) can be said from \(instant) on",
            details: [JSON.Member(name: "from", value: .string(instant))])
    }

    private static func number(
        _ name: String, _ unit: String, _ range: ClosedRange<Int64>, _ settings: ChannelSettings
    ) throws -> Int64? {
        guard !settings[name].isEmpty else { return nil }
        guard let number = Int64(settings[name]), range.contains(number) else {
            throw ChannelRefusal.badValue(
                name, "\(unit) from \(range.lowerBound) to \(range.upperBound) are needed, or nothing")
        }
        return number
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
