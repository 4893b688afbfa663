import Foundation

/// Which instant the clocks of a zone show.
enum WallTime {
    /// The instant at which clocks in the zone show a time.
    ///
    /// - Parameters:
    ///   - wallSeconds: The time shown, in seconds as if the zone were UTC.
    ///   - zone: Where the clock hangs.
    /// - Returns: The first such instant; in a gap the time shown moves forward by the length of the gap.
    static func instant(wallSeconds: Int64, zone: TimeZone) -> Int64 {
        let day: Int64 = 86_400
        let before = offset(of: zone, at: wallSeconds - day)
        let after = offset(of: zone, at: wallSeconds + day)
        // The larger offset gives the earlier instant.
        for candidate in [max(before, after), min(before, after)]
        where offset(of: zone, at: wallSeconds - candidate) == candidate {
            return wallSeconds - candidate
        }
        return wallSeconds - before
    }

    private static func offset(of zone: TimeZone, at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
}
