public import ChannelKit

/// What becomes of holds when their time is over, and of who waits when tickets are to be had.
extension Events {
    /// So many orders expire before other requests may come in between.
    private static let wakeLimit = 200

    public func wake(_ transaction: ChannelTransaction) throws {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        var left = Self.wakeLimit
        left -= try office.tellMoves(atMost: left)
        guard left > 0 else { return }
        for event in try office.unsettledEvents() {
            left -= try office.expireHolds(of: event, atMost: left)
            guard left > 0 else { return try transaction.wake(at: office.at) }
            try office.offer(event)
        }
        if let next = try office.nextLapse() { try transaction.wake(at: next) }
    }

    func sweep(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let office = BoxOffice(transaction, offerMinutes: offerMinutes)
        let events =
            try arguments.text("event") == nil ? try office.unsettledEvents() : [office.reader.event(named: arguments)]
        var (expired, offered) = (0, 0)
        for event in events {
            expired += try office.expireHolds(of: event)
            offered += try office.offer(event).count
        }
        return .ok { writer in
            writer.member("expired", expired)
            writer.member("offered", offered)
        }
    }
}

extension BoxOffice {
    /// The events with holds that are over, or with somebody who waits.
    fileprivate func unsettledEvents() throws -> [Event] {
        let ids = try transaction.services.all(
            """
            SELECT event_id FROM events__purchase WHERE hold_until_at <= ?
            UNION SELECT event_id FROM events__waiting WHERE state = 'waiting' ORDER BY event_id
            """, .integer(at.seconds)
        ) { $0.integer(0) }
        return try ids.map { try reader.event($0) }
    }

    /// When the next hold is over; nil when there is none.
    fileprivate func nextLapse() throws -> Instant? {
        try transaction.services.first(
            "SELECT min(hold_until_at) FROM events__purchase WHERE hold_until_at IS NOT NULL"
        ) { $0.integerOrNil(0).map(Instant.init(seconds:)) } ?? nil
    }
}
