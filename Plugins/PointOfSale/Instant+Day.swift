import ChannelKit
import Foundation

extension Instant {
    /// The day it is then in a zone, such as "2026-11-22".
    func day(in zone: TimeZone) -> String {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return String(Instant(seconds: seconds + Int64(offset)).text.prefix(10))
    }
}
