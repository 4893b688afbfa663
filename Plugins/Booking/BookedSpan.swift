import ChannelKit

/// When a booking is, as its details tell it.
struct BookedSpan: Equatable {
    let start: Instant
    let end: Instant
    let zone: TimeZone

    /// Reads the start and, where it is told, the end; nil when the start is absent, or the end cannot be told.
    ///
    /// - Parameters:
    ///   - details: With `start` and maybe `end`.
    ///   - zone: Where wall time is meant.
    ///   - length: How long it is where the end is not told, in seconds; nil if that is not known either.
    /// - Throws: ``ChannelRefusal``, also with slug `end-before-start`.
    init?(_ details: Details, in zone: TimeZone, length: Int64? = nil) throws {
        guard let start = try details.instant("start", byClocksOf: zone) else { return nil }
        let told = try details.instant("end", byClocksOf: zone)
        guard let end = told ?? length.map({ Instant(seconds: start.seconds + $0) }) else { return nil }
        guard start < end else {
            throw ChannelRefusal("end-before-start", "the end must be later than the start")
        }
        // Instants are written with four digits for the year.
        guard end.text.utf8.count == start.text.utf8.count else {
            throw details.bad("start", "it would not end before the year 10000")
        }
        (self.start, self.end, self.zone) = (start, end, zone)
    }

    /// What an order's details say, nil when they say too little; those of long ago had no instants.
    init?(storedIn details: Details) {
        // What cannot be read of stored details is as good as absent.
        guard let zone = try? details.timeZone("time_zone"),
            let start = try? details.instant("start_at", zone: .gmt),
            let end = try? details.instant("end_at", zone: .gmt), start < end
        else { return nil }
        (self.start, self.end, self.zone) = (start, end, zone)
    }

    /// In seconds.
    var length: Int64 { end.seconds - start.seconds }

    /// Refuses to others than staff, who record what happened, a booking that has begun; one by days may begin today.
    ///
    /// - Parameters:
    ///   - text: The start as it is written; a date alone is a day.
    ///   - occasion: Who books, and when.
    /// - Throws: ``ChannelRefusal`` with slug `in-the-past`.
    func refusePast(starting text: String?, _ occasion: Occasion) throws {
        guard !occasion.actor.isStaff, start < occasion.at else { return }
        if let text, text.utf8.count == 10, text >= occasion.at.day(in: zone) { return }
        throw ChannelRefusal(
            "in-the-past", "it would have begun at \(start.text); staff alone record what is over",
            details: [JSON.Member(name: "start_at", value: .string(start.text))])
    }

    /// The instants, as the core finds them in the details.
    var instants: [JSON.Member] {
        [
            JSON.Member(name: "start_at", value: .string(start.text)),
            JSON.Member(name: "end_at", value: .string(end.text)),
        ]
    }
}
