public import ChannelKit

extension Booking {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        [
            details.line("Service", "service"), details.line("Resource", "resource"),
            time("Start", "start", of: details), time("End", "end", of: details),
            details.line("Party", "party_size"), participant(of: details), details.line("Note", "note"),
        ].compactMap(\.self) + Former.lines(of: details)
    }

    private func time(_ label: String, _ name: String, of details: Details) -> DetailLine? {
        // Details from before the instants were added show the time as it was written.
        guard let zone = try? details.timeZone("time_zone"),
            let instant = try? details.instant("\(name)_at", zone: .gmt)
        else { return details.line(label, name) }
        return DetailLine(label, "\(Clock(zone: zone).text(at: instant)) \(zone.identifier)")
    }

    private func participant(of details: Details) -> DetailLine? {
        // A participant who was erased has no line.
        guard let participant = try? details.object("participant") else { return nil }
        let parts = ["name", "email", "phone"].compactMap { participant.line("", $0)?.text }
        return parts.isEmpty ? nil : DetailLine("Participant", parts.joined(separator: ", "))
    }
}
