import ChannelKit

/// An event that the tenant has set up.
struct Event: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable {
        case onSale = "on-sale"
        /// No more tickets are sold; those sold are good.
        case closed
        case cancelled
    }

    let id: Int64
    /// The word for it in orders and verbs.
    let key: String
    var title: String
    var place: String?
    var startsAt: Instant
    var endsAt: Instant?
    /// Where it takes place: its times are told in this zone.
    var zone: TimeZone
    var salesStartAt: Instant?
    var salesEndAt: Instant?
    var state: State
    /// What the secrets of its tickets are made of.
    let secret: [UInt8]

    /// Reads id, key, title, place, starts_at, ends_at, time_zone, sales_start_at, sales_end_at, state, secret.
    init(_ row: Row) {
        id = row.integer(0)
        key = row.text(1)
        title = row.text(2)
        place = row.textOrNil(3)
        startsAt = Instant(seconds: row.integer(4))
        endsAt = row.integerOrNil(5).map(Instant.init(seconds:))
        zone = TimeZone(identifier: row.text(6)) ?? .gmt
        salesStartAt = row.integerOrNil(7).map(Instant.init(seconds:))
        salesEndAt = row.integerOrNil(8).map(Instant.init(seconds:))
        state = State(rawValue: row.text(9)) ?? .closed
        secret = row.bytes(10)
    }

    /// When tickets can be bought.
    var sales: SalesWindow { SalesWindow(start: salesStartAt, end: salesEndAt ?? endsAt ?? startsAt) }

    /// When it begins as the clocks there show it, such as "2026-12-24 20:00".
    var localStart: String { startsAt.localText(in: zone) }
}

extension Instant {
    /// What the clocks of a zone show then, to the minute: "2026-12-24 20:00".
    func localText(in zone: TimeZone) -> String {
        wallText(in: zone).split(separator: "T").joined(separator: " ")
    }

    /// The same as details tell times: "2026-12-24T20:00".
    func wallText(in zone: TimeZone) -> String { String(wallTime(in: zone).text.prefix(16)) }
}
