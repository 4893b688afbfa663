import ChannelKit

/// A time at which a service is free on a resource.
struct FreeTime {
    /// Where it stands in the list: by start, then by the shop's order of resources.
    struct Position: Comparable {
        let start: Int64
        let rank: Int

        init(_ start: Int64, _ rank: Int) {
            self.start = start
            self.rank = rank
        }

        static func < (left: Position, right: Position) -> Bool {
            (left.start, left.rank) < (right.start, right.rank)
        }
    }

    let position: Position
    let end: Int64
    /// Nil for the shop as a whole.
    let resource: Resource?
    /// The clock of the place.
    let zone: TimeZone
    /// How many people more fit.
    let left: Int64

    /// As a row of the list; the times by the clock of a zone, or of the place.
    func shape(in shown: TimeZone?) -> JSONFragment {
        let zone = shown ?? zone
        let clock = Clock(zone: zone)
        let (start, end) = (Instant(seconds: position.start), Instant(seconds: end))
        return JSONWriter.object { writer in
            writer.member("resource", resource?.word)
            writer.member("start", clock.written(start))
            writer.member("end", clock.written(end))
            writer.member("start_at", start.text)
            writer.member("end_at", end.text)
            writer.member("time_zone", zone.identifier)
            writer.member("left", left)
        }
    }
}
