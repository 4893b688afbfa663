public import struct Foundation.TimeZone

/// What the clocks of a zone show, clock changes included.
public struct Clock {
    private let zone: TimeZone

    public init(zone: TimeZone) {
        self.zone = zone
    }

    /// The instants at which the clocks show a time.
    ///
    /// - Parameter wall: The time shown, as if the zone were UTC.
    /// - Returns: Earliest first; none in a gap, two in an overlap.
    public func instants(showing wall: Instant) -> [Instant] {
        // No zone is further than a day from UTC, so both sides of a change nearby are seen from here.
        let offsets = Set([-86_400, 0, 86_400].map { offset(at: Instant(seconds: wall.seconds + $0)) })
        return offsets.map { Instant(seconds: wall.seconds - $0) }
            .filter { $0.seconds + offset(at: $0) == wall.seconds }
            .sorted()
    }

    /// When the clocks first show a time; where they skip it, the moment they are put forward.
    public func opening(_ wall: Int64) -> Int64 {
        instants(showing: Instant(seconds: wall)).first?.seconds ?? change(skipping: wall)
    }

    /// When the clocks last show a time; where they skip it, the moment they are put forward.
    public func closing(_ wall: Int64) -> Int64 {
        instants(showing: Instant(seconds: wall)).last?.seconds ?? change(skipping: wall)
    }

    /// The time shown at an instant, such as "2026-07-01 12:00"; with its offset where the clocks show it twice.
    public func text(at instant: Instant) -> String {
        let wall = instant.wallTime(in: zone)
        let shown = "\(wall.text.prefix(10)) \(wall.text.dropFirst(11).prefix(5))"
        return instants(showing: wall).count > 1 ? "\(shown) \(offsetText(at: instant))" : shown
    }

    /// The time shown as a booking's start or end is written, such as "2026-07-01T12:00"; with its offset where the
    /// clocks show it twice.
    public func written(_ instant: Instant) -> String {
        let wall = instant.wallTime(in: zone)
        let text = wall.text.dropLast()
        let short = text.hasSuffix(":00") ? text.dropLast(3) : text
        return short + (instants(showing: wall).count > 1 ? offsetText(at: instant) : "")
    }

    /// How far the clocks are ahead of UTC at an instant, such as "+02:00".
    public func offsetText(at instant: Instant) -> String {
        let minutes = offset(at: instant) / 60
        let digits = [minutes.magnitude / 60, minutes.magnitude % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return (minutes < 0 ? "-" : "+") + digits.joined(separator: ":")
    }

    /// The first instant at which the clocks show more than a time they skip.
    private func change(skipping wall: Int64) -> Int64 {
        var before = wall - 2 * 86_400
        var after = wall + 2 * 86_400
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if middle + offset(at: Instant(seconds: middle)) < wall { before = middle } else { after = middle }
        }
        return after
    }

    /// In seconds.
    private func offset(at instant: Instant) -> Int64 {
        instant.wallTime(in: zone).seconds - instant.seconds
    }
}
