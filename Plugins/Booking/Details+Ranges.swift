import ChannelKit

extension Details {
    /// A whole number within a range, nil when it is absent.
    ///
    /// - Throws: ``ChannelRefusal``.
    func number(_ name: String, _ range: ClosedRange<Int64>) throws -> Int64? {
        guard let number = try integer(name) else { return nil }
        guard range.contains(number) else {
            throw bad(name, "a number from \(range.lowerBound) to \(range.upperBound) is needed here")
        }
        return number
    }

    /// A time in whole minutes within a range, nil when it is absent.
    ///
    /// - Throws: ``ChannelRefusal``.
    func minutes(_ name: String, _ range: ClosedRange<Int64>) throws -> Int64? {
        guard let minutes = try integer(name) else { return nil }
        guard range.contains(minutes) else {
            throw bad(name, "\(range.lowerBound) to \(range.upperBound) minutes are possible here")
        }
        return minutes
    }

    /// The end of a range of time, in Unix time: a day alone is included; nil when it is absent.
    ///
    /// - Throws: ``ChannelRefusal``.
    func end(_ name: String, zone: TimeZone) throws -> Int64? {
        guard let text = try text(name), let instant = try instant(name, zone: zone) else { return nil }
        guard text.utf8.count == 10 else { return instant.seconds }
        // Days have 23 to 25 hours: the clock knows when the next begins.
        let noon = Instant(seconds: instant.seconds + 43_200).wallTime(in: zone).seconds
        return Clock(zone: zone).opening(noon - noon % 86_400 + 86_400)
    }

    /// A date, as the seconds of its start as if the zone were UTC; nil when it is absent.
    ///
    /// - Throws: ``ChannelRefusal`` for what is no date.
    func date(_ name: String) throws -> Int64? {
        guard let text = try text(name) else { return nil }
        guard text.utf8.count == 10, let date = try instant(name, zone: .gmt) else {
            throw bad(name, "a date such as 2026-12-24 is needed here")
        }
        return date.seconds
    }
}
