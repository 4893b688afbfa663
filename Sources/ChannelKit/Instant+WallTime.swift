import Foundation

extension Instant {
    /// What the clocks of a zone show then, as if the zone were UTC.
    public func wallTime(in zone: TimeZone) -> Instant {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return Instant(seconds: seconds + Int64(offset))
    }

    /// The day it is then in a zone, such as "2026-11-22".
    public func day(in zone: TimeZone) -> String {
        String(wallTime(in: zone).text.prefix(10))
    }
}
