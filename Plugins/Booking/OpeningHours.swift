import ChannelKit

/// When a resource is open: its weekly hours, other hours on some dates, and closures, all as its clock shows them.
struct OpeningHours {
    static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    let zone: TimeZone
    let isAlwaysOpen: Bool
    /// By weekday or date.
    let days: [String: DayHours]
    /// Times shown, in seconds as if the zone were UTC.
    let closures: [Range<Int64>]

    /// When it is open within a range of Unix time: spans that do not touch, earliest first.
    func spans(in range: Range<Int64>) -> [Range<Int64>] {
        var open: [Range<Int64>] = []
        for opening in openings(around: range) { Self.join(opening, to: &open) }
        let clock = Clock(zone: zone)
        for closure in closures {
            let (start, end) = (clock.opening(closure.lowerBound), clock.closing(closure.upperBound))
            if start < end { open = open.flatMap { Self.pieces(of: $0, without: start..<end) } }
        }
        return open.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
    }

    /// Each day's spans, closures left aside, of the days around a range of Unix time.
    func openings(around range: Range<Int64>) -> [Range<Int64>] {
        let clock = Clock(zone: zone)
        var openings: [Range<Int64>] = []
        // A span may begin on the day before, and clocks are up to a day from UTC.
        for day in Self.day(range.lowerBound) - 2...Self.day(range.upperBound) + 1 {
            let midnight = day * 86_400
            for span in hours(of: day, at: midnight) {
                let start = clock.opening(midnight + span.lowerBound * 60)
                let end = clock.closing(midnight + span.upperBound * 60)
                if start < end { openings.append(start..<end) }
            }
        }
        return openings
    }

    /// Whether it is open the whole time.
    func covers(_ range: Range<Int64>) -> Bool {
        spans(in: range) == [range]
    }

    private func hours(of day: Int64, at midnight: Int64) -> [Range<Int64>] {
        if let special = days[Self.date(midnight)] { return special.spans }
        if isAlwaysOpen { return [0..<1_440] }
        // Day 0 of Unix time was a Thursday.
        return days[Self.weekdays[Int(((day + 3) % 7 + 7) % 7)]]?.spans ?? []
    }

    private static func date(_ midnight: Int64) -> String {
        String(Instant(seconds: midnight).text.prefix(10))
    }

    private static func day(_ seconds: Int64) -> Int64 {
        seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }

    /// Adds a span that begins no earlier than those before it, up to what overlaps of the day before.
    private static func join(_ span: Range<Int64>, to spans: inout [Range<Int64>]) {
        var start = span.lowerBound
        var end = span.upperBound
        while let last = spans.last, last.upperBound >= start {
            start = min(start, last.lowerBound)
            end = max(end, last.upperBound)
            spans.removeLast()
        }
        spans.append(start..<end)
    }

    private static func pieces(of span: Range<Int64>, without hole: Range<Int64>) -> [Range<Int64>] {
        guard span.overlaps(hole) else { return [span] }
        var pieces: [Range<Int64>] = []
        if span.lowerBound < hole.lowerBound { pieces.append(span.lowerBound..<hole.lowerBound) }
        if hole.upperBound < span.upperBound { pieces.append(hole.upperBound..<span.upperBound) }
        return pieces
    }
}
