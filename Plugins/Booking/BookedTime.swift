import ChannelKit

/// The start or end of a booking.
struct BookedTime {
    let instant: Instant

    /// Reads a time with an offset, or wall time in a zone; a date alone is the start of that day.
    ///
    /// - Returns: Nil when the member is absent.
    /// - Throws: ``ChannelRefusal`` with slug `time-does-not-exist` for wall time that a clock change skips, and
    ///   `time-ambiguous` for wall time that occurs twice, unless `<name>_offset` says which is meant.
    init?(reading name: String, of details: Details, in zone: TimeZone) throws {
        guard let text = try details.text(name), let plain = try details.instant(name, zone: zone),
            let wall = try details.instant(name, zone: .gmt)
        else { return nil }
        let isDay = text.utf8.count == 10
        let hasOffset = text.utf8.dropFirst(16).contains { "Zz+-".utf8.contains($0) }
        guard !isDay, !hasOffset else {
            instant = plain
            return
        }
        let clock = Clock(zone: zone)
        let candidates = clock.instants(showing: wall)
        guard !candidates.isEmpty else {
            throw ChannelRefusal("time-does-not-exist", "\(name): the clocks of \(zone.identifier) skip \(text)")
        }
        let offsetName = "\(name)_offset"
        guard let offset = try details.text(offsetName) else {
            guard candidates.count == 1 else {
                throw Self.ambiguous(name, text, zone, offsets: candidates.map { clock.offsetText(at: $0) })
            }
            instant = candidates[0]
            return
        }
        // An offset that cannot be read fits as little as one that is not in force.
        guard let chosen = try? Instant(parsing: text + offset, zone: .gmt), candidates.contains(chosen),
            !offset.isEmpty
        else {
            let fitting = candidates.map { clock.offsetText(at: $0) }.joined(separator: " or ")
            throw ChannelRefusal.badDetail(details.path(of: offsetName), "the offset then is \(fitting)")
        }
        instant = chosen
    }

    private static func ambiguous(
        _ name: String, _ text: String, _ zone: TimeZone, offsets: [String]
    ) -> ChannelRefusal {
        ChannelRefusal(
            "time-ambiguous", "\(name): the clocks of \(zone.identifier) show \(text) twice; give \(name)_offset",
            details: [JSON.Member(name: "offsets", value: .array(offsets.map { .string($0) }))])
    }
}
