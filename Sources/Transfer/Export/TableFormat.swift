public import Foundation
internal import Registry

/// How values are written into the cells of a table.
public struct TableFormat: Sendable {
    /// Where the days and times of the table are.
    public let zone: TimeZone
    /// Between the whole and the fraction of a number: a spreadsheet that parts its fields by semicolons takes a comma.
    public let decimalSign: Character

    public init(zone: TimeZone, decimalSign: Character) {
        self.zone = zone
        self.decimalSign = decimalSign
    }

    /// An amount without its currency.
    func number(_ money: Money) -> String { number(money.text) }

    /// A number that is written with a point.
    func number(_ text: String) -> String {
        decimalSign == "." ? text : text.replacing(".", with: String(decimalSign))
    }

    /// A time on the clocks of the zone, as spreadsheets understand it: `2026-01-05 10:12:44`.
    ///
    /// In the hour that clocks run through twice its offset stands behind it.
    func time(_ instant: Instant) -> String {
        let offset = Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds))))
        let text = Instant(seconds: instant.seconds + offset).text.dropLast().replacing("T", with: " ")
        // What nobody could read back needs more said of it.
        if let read = try? Instant(parsing: String(text), zone: zone), read == instant { return String(text) }
        let minutes = abs(offset) / 60
        return "\(text)\(offset < 0 ? "-" : "+")\(Self.padded(minutes / 60)):\(Self.padded(minutes % 60))"
    }

    /// Yes, or no.
    func flag(_ flag: Bool) -> String { flag ? "yes" : "no" }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}
