internal import Registry

/// Dates as mail headers have them. <https://www.rfc-editor.org/rfc/rfc5322#section-3.3>
enum MailDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The instant in UTC: `Sun, 22 Nov 2026 10:00:00 +0000`.
    static func text(_ instant: Instant) -> String {
        let iso = instant.text
        let parts = iso.split { $0 == "-" || $0 == "T" || $0 == "Z" }
        guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1) else { return iso }
        // 1 January 1970 was a Thursday.
        let day = (instant.seconds - (instant.seconds % 86_400 + 86_400) % 86_400) / 86_400
        let weekday = weekdays[Int((day % 7 + 7) % 7)]
        return "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) +0000"
    }
}
