import Foundation
import StrictJSON
import TestSupport

/// What a row of `booking.list` takes of the room the tests fill.
struct Stay {
    /// In minutes of Unix time, buffers included.
    private let busy: Range<Int>
    /// Nil for the whole room.
    private let seats: Int?

    init(_ row: JSON) {
        let minute = { (name: String) in
            Int((ISO8601DateFormatter().date(from: row.text(name) ?? "") ?? .distantPast).timeIntervalSince1970) / 60
        }
        let service = row.text("service")
        busy = minute("start_at")..<minute("end_at") + (service == "class" ? 10 : 0)
        seats = service == "private" ? nil : Int(row.number("party_size") ?? 1)
    }

    /// The minutes at which more is taken than there is, each looked at by itself.
    static func overfull(_ stays: [Stay], capacity: Int) -> [Int] {
        let minutes = Set(stays.flatMap { Array($0.busy) })
        return minutes.filter { minute in
            let there = stays.filter { $0.busy.contains(minute) }
            let isWhole = there.contains { $0.seats == nil }
            return isWhole ? there.count > 1 : there.compactMap(\.seats).reduce(0, +) > capacity
        }.sorted()
    }
}
