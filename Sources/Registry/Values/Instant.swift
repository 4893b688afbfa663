public import struct Foundation.TimeZone

/// A point in time to the second, between the years 1 and 9999 when it was read from text.
public struct Instant: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z without leap seconds (Unix time, UTC).
    public let seconds: Int64

    /// Makes an instant from Unix time.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS[.fff]]` with `Z`, `±HH:MM`, `±HHMM` or no offset.
    ///
    /// Without an offset it is wall time in the zone: a time that a clock change skips moves forward by the gap, one
    /// that occurs twice is the first. A date alone is the start of that day. A space may stand for the T; letters
    /// may be lower-case; fractions of a second are dropped. <https://www.rfc-editor.org/rfc/rfc3339>
    ///
    /// - Parameters:
    ///   - text: The date, or date and time.
    ///   - zone: Where wall time is meant; not looked at when the text has an offset.
    /// - Throws: ``ValueError/badInstant(_:)``, also for days and times that do not exist (30 February, 24:00, :60).
    public init(parsing text: String, zone: TimeZone) throws(ValueError) {
        var copy = text
        guard let parsed = copy.withUTF8({ InstantText.read($0) }) else { throw .badInstant(text) }
        let seconds: Int64
        if let offset = parsed.offset {
            seconds = parsed.wallSeconds - offset
        } else {
            seconds = WallTime.instant(wallSeconds: parsed.wallSeconds, zone: zone)
        }
        guard InstantText.range.contains(seconds) else { throw .badInstant(text) }
        self.seconds = seconds
    }

    /// The instant in UTC to the second: `2026-11-22T10:00:00Z`.
    public var text: String { InstantText.text(seconds) }

    public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}
