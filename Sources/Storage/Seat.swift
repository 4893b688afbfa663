internal import Glibc
internal import Synchronization

/// A connection that one thread at a time uses.
final class Seat: Sendable {
    private struct Guest {
        weak var database: Database?
    }

    private let connection: Mutex<Connection>
    private let used: Atomic<Int64>
    /// SQLite's number of the schema that the connection knows; databases with the same one may have it.
    private let version: Atomic<Int64>
    private let guest = Mutex(Guest())
    /// Where a pool has it; guarded by the pool's lock.
    let place = Atomic(0)

    init(_ connection: sending Connection) {
        version = Atomic(connection.schema?.version ?? 0)
        self.connection = Mutex(connection)
        used = Atomic(Self.now)
    }

    /// The database that it is at; nobody's last reference to that may end under a lock that closing it takes.
    var database: Database? {
        get { guest.withLock { $0.database } }
        set { guest.withLock { $0.database = newValue } }
    }

    func use<Result: Sendable>(_ body: (Connection) throws -> Result) throws -> Result {
        used.store(Self.now, ordering: .relaxed)
        return try lookAfter(body)
    }

    /// As ``use(_:)``, for what is done for the connection's own sake.
    func lookAfter<Result: Sendable>(_ body: (Connection) throws -> Result) throws -> Result {
        try connection.withLock { connection in
            defer { version.store(connection.schema?.version ?? 0, ordering: .relaxed) }
            return try body(connection)
        }
    }

    var schemaVersion: Int64 { version.load(ordering: .relaxed) }

    /// How long nobody has used it, in nanoseconds; to a few milliseconds.
    var idleTime: Int64 { Self.now - lastUse }

    /// When it was used last, on the clock that nobody sets, in nanoseconds; to a few milliseconds.
    var lastUse: Int64 { used.load(ordering: .relaxed) }

    /// On the clock that nobody sets; one that is read often.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
