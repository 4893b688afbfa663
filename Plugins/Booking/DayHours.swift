import ChannelKit

/// When something is open on one day, such as "09:00-12:00,13:00-18:00"; nothing when it is closed.
struct DayHours: Equatable {
    /// Minutes after midnight; the upper one is beyond 24:00 for a span that ends on the day after.
    let spans: [Range<Int64>]

    /// Reads spans such as "22:00-02:00"; one that ends when it begins or before ends on the day after.
    ///
    /// - Returns: Nil when one is none.
    init?(_ texts: [String]) {
        var spans: [Range<Int64>] = []
        for text in texts {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minutes)
            guard ends.count == 2, let start = ends[0], var end = ends[1], start < 1_440 else { return nil }
            if end <= start { end += 1_440 }
            spans.append(start..<end)
        }
        self.spans = spans.sorted { $0.lowerBound < $1.lowerBound }
    }

    init(stored text: String) {
        // The column is only written from hours that were read.
        self = DayHours(text.split(separator: ",").map(String.init)) ?? DayHours(spans: [])
    }

    private init(spans: [Range<Int64>]) {
        self.spans = spans
    }

    /// Each span as it is written.
    var texts: [String] {
        spans.map { span in
            let end = span.upperBound > 1_440 ? span.upperBound - 1_440 : span.upperBound
            return "\(Self.text(span.lowerBound))-\(Self.text(end))"
        }
    }

    private static func minutes(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isSound =
            parts.count == 2
            && parts.allSatisfy { part in
                part.utf8.count == 2 && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
        guard isSound, let hour = Int64(parts[0]), let minute = Int64(parts[1]), minute < 60 else { return nil }
        let minutes = hour * 60 + minute
        return minutes <= 1_440 ? minutes : nil
    }

    private static func text(_ minutes: Int64) -> String {
        [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
