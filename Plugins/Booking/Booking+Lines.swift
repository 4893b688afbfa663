public import ChannelKit

extension Booking {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        [
            details.line(occasion.word("Service", de: "Leistung", tr: "Hizmet"), "service"),
            details.line(occasion.word("Resource", de: "Bei", tr: "Kaynak"), "resource"),
            time(occasion.word("Start", de: "Beginn", tr: "Başlangıç"), "start", of: details),
            time(occasion.word("End", de: "Ende", tr: "Bitiş"), "end", of: details),
            details.line(occasion.word("Party", de: "Personen", tr: "Kişi sayısı"), "party_size"),
            participant(of: details, occasion), details.line(occasion.word("Note", de: "Notiz", tr: "Not"), "note"),
        ].compactMap(\.self) + Former.lines(of: details, occasion)
    }

    private func time(_ label: String, _ name: String, of details: Details) -> DetailLine? {
        // Details from before the instants were added show the time as it was written.
        guard let zone = try? details.timeZone("time_zone"),
            let instant = try? details.instant("\(name)_at", zone: .gmt)
        else { return details.line(label, name) }
        return DetailLine(label, "\(Clock(zone: zone).text(at: instant)) \(zone.identifier)")
    }

    private func participant(of details: Details, _ occasion: Occasion) -> DetailLine? {
        // A participant who was erased has no line.
        guard let participant = try? details.object("participant") else { return nil }
        let parts = ["name", "email", "phone"].compactMap { participant.line("", $0)?.text }
        return parts.isEmpty
            ? nil
            : DetailLine(occasion.word("Participant", de: "Teilnehmer", tr: "Katılımcı"), parts.joined(separator: ", "))
    }
}
