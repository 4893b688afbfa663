import ChannelKit

extension Service {
    /// Refuses to others than staff a length that is not the one its price is for.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `wrong-length`.
    func refuseOtherLength(_ span: BookedSpan, _ actor: Actor) throws {
        guard !actor.isStaff, let duration, span.length != duration * 60 else { return }
        let end = Clock(zone: span.zone).written(Instant(seconds: span.start.seconds + duration * 60))
        throw ChannelRefusal(
            "wrong-length",
            "\(name) takes \(duration) minutes, so it would end at \(end); staff alone may agree on something else",
            details: [
                JSON.Member(name: "service", value: .string(key)),
                JSON.Member(name: "duration", value: .integer(duration)),
                JSON.Member(name: "end", value: .string(end)),
            ])
    }
}
