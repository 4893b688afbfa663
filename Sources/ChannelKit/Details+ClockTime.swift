public import struct Foundation.TimeZone

extension Details {
    /// A point in time as people tell it, nil when the member is absent: a time with an offset, or what the clocks of a
    /// zone show; a date alone is the start of that day.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `time-does-not-exist` for a time that a clock change skips, and
    ///   `time-ambiguous` for one that occurs twice, unless `<name>_offset` says which is meant.
    public func instant(_ name: String, byClocksOf zone: TimeZone) throws -> Instant? {
        guard let text = try text(name), let plain = try instant(name, zone: zone),
            let wall = try instant(name, zone: .gmt)
        else { return nil }
        let isDay = text.utf8.count == 10
        let hasOffset = text.utf8.dropFirst(16).contains { "Zz+-".utf8.contains($0) }
        guard !isDay, !hasOffset else { return plain }
        let clock = Clock(zone: zone)
        let candidates = clock.instants(showing: wall)
        guard !candidates.isEmpty else {
            throw ChannelRefusal("time-does-not-exist", "\(name): the clocks of \(zone.identifier) skip \(text)")
        }
        let offsetName = "\(name)_offset"
        guard let offset = try self.text(offsetName) else {
            guard candidates.count == 1 else {
                throw ChannelRefusal.ambiguous(name, text, zone, offsets: candidates.map { clock.offsetText(at: $0) })
            }
            return candidates[0]
        }
        // An offset that cannot be read fits as little as one that is not in force.
        guard let chosen = try? Instant(parsing: text + offset, zone: .gmt), candidates.contains(chosen),
            !offset.isEmpty
        else {
            let fitting = candidates.map { clock.offsetText(at: $0) }.joined(separator: " or ")
            throw bad(offsetName, "the offset then is \(fitting)")
        }
        return chosen
    }
}

extension ChannelRefusal {
    fileprivate static func ambiguous(
        _ name: String, _ text: String, _ zone: TimeZone, offsets: [String]
    ) -> ChannelRefusal {
        ChannelRefusal(
            "time-ambiguous", "\(name): the clocks of \(zone.identifier) show \(text) twice; give \(name)_offset",
            details: [JSON.Member(name: "offsets", value: .array(offsets.map { .string($0) }))])
    }
}
