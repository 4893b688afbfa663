import ChannelKit

/// What the clocks of a zone show, clock changes included.
struct Clock {
    let zone: TimeZone

    /// The instants at which the clocks show a time.
    ///
    /// - Parameter wall: The time shown, as if the zone were UTC.
    /// - Returns: Earliest first; none in a gap, two in an overlap.
    func instants(showing wall: Instant) -> [Instant] {
        // No zone is further than a day from UTC, so both sides of a change nearby are seen from here.
        let offsets = Set([-86_400, 0, 86_400].map { offset(at: Instant(seconds: wall.seconds + $0)) })
        return offsets.map { Instant(seconds: wall.seconds - $0) }
            .filter { $0.seconds + offset(at: $0) == wall.seconds }
            .sorted()
    }

    /// The time shown at an instant, such as "2026-07-01 12:00".
    func text(at instant: Instant) -> String {
        let shown = instant.wallTime(in: zone).text
        return "\(shown.prefix(10)) \(shown.dropFirst(11).prefix(5))"
    }

    /// How far the clocks are ahead of UTC at an instant, such as "+02:00".
    func offsetText(at instant: Instant) -> String {
        let minutes = offset(at: instant) / 60
        let digits = [minutes.magnitude / 60, minutes.magnitude % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return (minutes < 0 ? "-" : "+") + digits.joined(separator: ":")
    }

    /// In seconds.
    private func offset(at instant: Instant) -> Int64 {
        instant.wallTime(in: zone).seconds - instant.seconds
    }
}
