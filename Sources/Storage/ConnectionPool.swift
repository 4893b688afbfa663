internal import Synchronization

/// Connections that many databases share, each at one of them at a time, until another needs it more.
///
/// What a connection has read of the schema and what it has compiled takes most of a megabyte and milliseconds; both go
/// with it to the next database, whose schema must be the same for that.
public final class ConnectionPool: Sendable {
    fileprivate struct State {
        /// Those that are at a database.
        var seats: [Seat] = []
        /// Of numbers as good as random.
        ///
        /// https://en.wikipedia.org/wiki/Linear_congruential_generator
        var number: UInt64 = 1
        /// Those that are at no database.
        var idle: [Seat] = []
    }

    private let limit: Int
    private let shapes: CapturedShapes?
    private let state = Mutex(State())

    /// Of so many with the right schema, at random, the one goes that has not been used for longest.
    ///
    /// Where somewhat more databases than there are connections are asked one after the other, the one that has rested
    /// longest is the very one that is wanted next. With 862 for 1,000 such, 37 in 100 find no connection there, and 75 if
    /// three in turn were looked at; for databases asked at random it is all the same.
    private static let samples = 2
    /// So many are looked at to find them.
    private static let looks = 8
    /// One with another schema is of no use but makes room for one that is to be opened, which takes so many times as long
    /// as to have one come.
    private static let costOfOpening: Int64 = 16
    /// A connection that rests for so long goes to another database before one more is opened, in nanoseconds.
    private static let rest = 1_000_000_000
    /// So many databases are asked for their connection.
    private static let attempts = 4

    /// - Parameters:
    ///   - limit: How many there are at most, unless more are in use at once.
    ///   - shapes: What is known of tables; nil where nothing is captured.
    public init(limit: Int, capturing shapes: CapturedShapes?) {
        self.limit = max(1, limit)
        self.shapes = shapes
    }

    /// How many are at a database.
    public var count: Int { state.withLock { $0.seats.count } }

    /// A connection for a database whose turn it is and whose schema has this number; called where no lock is held, since
    /// another may have to finish for it what it has left open.
    ///
    /// - Returns: Nil where one is to be opened.
    func take(for version: Int64) -> Seat? {
        for _ in 0..<Self.attempts {
            let (idle, idlest) = state.withLock { state -> (Seat?, Seat?) in
                if let idle = state.takeIdle(version) { return (idle, nil) }
                let isFull = state.seats.count + state.idle.count >= limit
                // What nobody has come for makes room.
                if isFull, let useless = state.idle.popLast() { return (useless, nil) }
                return (nil, state.idlest(version, isFull: isFull))
            }
            if let idle { return idle.schemaVersion == version ? idle : nil }
            guard let idlest else { return nil }
            guard let given = idlest.database?.giveUp() else { continue }
            return given.schemaVersion == version ? given : nil
        }
        return nil
    }

    /// Opens one more.
    ///
    /// - Throws: ``StorageError``.
    func open(at files: DatabaseFiles, of file: OpenFile) throws -> Seat {
        let connection = try Connection(at: files, of: file, mode: .existing, capturing: shapes)
        try connection.script("PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 16777216")
        try connection.script("PRAGMA synchronous = NORMAL")
        return Seat(connection)
    }

    /// A connection that is at no database any more waits for the next; one too many goes.
    func give(_ seat: Seat) {
        let surplus = state.withLock { state -> Seat? in
            guard state.seats.count + state.idle.count < limit else { return seat }
            state.idle.append(seat)
            return nil
        }
        withExtendedLifetime(surplus) {}
    }

    /// A connection has come to a database.
    func note(_ seat: Seat, at database: Database) {
        seat.database = database
        state.withLock { state in
            seat.place.store(state.seats.count, ordering: .relaxed)
            state.seats.append(seat)
        }
    }

    /// A connection has left.
    func forget(_ seat: Seat) {
        seat.database = nil
        state.withLock { state in
            let place = seat.place.load(ordering: .relaxed)
            let last = state.seats.removeLast()
            guard last !== seat else { return }
            state.seats[place] = last
            last.place.store(place, ordering: .relaxed)
        }
    }
}

extension ConnectionPool.State {
    /// One that is at no database and knows a schema.
    fileprivate mutating func takeIdle(_ version: Int64) -> Seat? {
        guard let place = idle.lastIndex(where: { $0.schemaVersion == version }) else { return nil }
        return idle.remove(at: place)
    }

    /// One that is at a database, at random.
    private mutating func anyone() -> Seat {
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return seats[Int(number >> 33) % seats.count]
    }

    /// The one of some that can be spared most; nil where each has been used lately and there may be more.
    fileprivate mutating func idlest(_ version: Int64, isFull: Bool) -> Seat? {
        var found: (idleTime: Int64, seat: Seat)?
        var kin = 0
        for _ in 0..<min(ConnectionPool.looks, seats.count) where kin < ConnectionPool.samples {
            let seat = anyone()
            let isKin = seat.schemaVersion == version
            if isKin { kin += 1 }
            let idleTime = isKin ? seat.idleTime : seat.idleTime / ConnectionPool.costOfOpening
            if idleTime > found?.idleTime ?? -1 { found = (idleTime, seat) }
        }
        guard let found, isFull || found.idleTime >= ConnectionPool.rest else { return nil }
        return found.seat
    }
}
