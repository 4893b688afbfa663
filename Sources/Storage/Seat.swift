internal import Glibc
internal import Synchronization

/// A connection that one thread at a time uses.
final class Seat: Sendable {
    private struct Guest {
        weak var database: Database?
    }

    private let connection: Mutex<Connection>
    private let lastUse: Atomic<Int64>
    /// SQLite's number of the schema that the connection knows; databases with the same one may have it.
    private let version: Atomic<Int64>
    private let guest = Mutex(Guest())
    /// Where a pool has it; guarded by the pool's lock.
    let place = Atomic(0)

    init(_ connection: sending Connection) {
        version = Atomic(connection.schema?.version ?? 0)
        self.connection = Mutex(connection)
        lastUse = Atomic(Self.now)
    }

    /// The database that it is at; nobody's last reference to that may end under a lock that closing it takes.
    var database: Database? {
        get { guest.withLock { $0.database } }
        set { guest.withLock { $0.database = newValue } }
    }

    func use<Result: Sendable>(_ body: (Connection) throws -> Result) throws -> Result {
        lastUse.store(Self.now, ordering: .relaxed)
        return try connection.withLock { connection in
            defer { version.store(connection.schema?.version ?? 0, ordering: .relaxed) }
            return try body(connection)
        }
    }

    var schemaVersion: Int64 { version.load(ordering: .relaxed) }

    /// How long nobody has used it, in nanoseconds; to a few milliseconds.
    var idleTime: Int64 { Self.now - lastUse.load(ordering: .relaxed) }

    /// On the clock that nobody sets; one that is read often.
    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
