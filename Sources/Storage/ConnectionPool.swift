internal import Synchronization

/// Connections that many databases share, each at one of them at a time, until another needs it more.
///
/// What a connection has read of the schema and what it has compiled takes most of a megabyte and milliseconds; both go
/// with it to the next database, whose schema must be the same for that.
public final class ConnectionPool: Sendable {
    private let shapes: CapturedShapes?
    private let seats: Mutex<Seats>

    /// So many databases are asked for their connection.
    private static let attempts = 4

    /// - Parameters:
    ///   - limit: How many there are at most, unless more are in use at once.
    ///   - shapes: What is known of tables; nil where nothing is captured.
    public init(limit: Int, capturing shapes: CapturedShapes?) {
        self.shapes = shapes
        seats = Mutex(Seats(limit: max(1, limit)))
    }

    /// How many are at a database.
    public var count: Int { seats.withLock { $0.taken.count } }

    /// A connection for a database whose turn it is, whose schema has this number and which was last used at some time;
    /// called where no lock is held, since another may have to finish for it what it has left open.
    ///
    /// - Returns: No seat where one is to be opened; and what ``note(_:at:away:)`` takes.
    func take(for version: Int64, lastUse: Int64) -> (seat: Seat?, away: Int64?) {
        for _ in 0..<Self.attempts {
            let (idle, spare) = seats.withLock { seats -> (Seat?, (seat: Seat, away: Int64?)?) in
                if let idle = seats.takeIdle(version) { return (idle, nil) }
                // What nobody has come for makes room.
                if seats.isFull, let useless = seats.idle.popLast() { return (useless, nil) }
                return (nil, seats.spare(version, lastUse: lastUse, now: Seat.now))
            }
            if let idle { return (idle.schemaVersion == version ? idle : nil, nil) }
            guard let spare else { break }
            guard let given = spare.seat.database?.giveUp() else { continue }
            return (given.schemaVersion == version ? given : nil, spare.away)
        }
        return (nil, nil)
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
        let surplus = seats.withLock { seats -> Seat? in
            guard !seats.isFull else { return seat }
            seats.idle.append(seat)
            return nil
        }
        withExtendedLifetime(surplus) {}
    }

    /// A connection has come to a database.
    func note(_ seat: Seat, at database: Database, away: Int64?) {
        seat.database = database
        seats.withLock { $0.note(seat, away: away, now: Seat.now) }
    }

    /// A connection has left.
    func forget(_ seat: Seat) {
        seat.database = nil
        seats.withLock { $0.forget(seat) }
    }
}
