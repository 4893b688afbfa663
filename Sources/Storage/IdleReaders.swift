internal import Synchronization

/// Connections that only read and have nothing to do, of all the databases that share them: those used last stay where
/// they are, those used longest ago go where one is wanted.
public final class IdleReaders: Sendable {
    /// A database among those that share.
    struct Owner: Sendable, Equatable {
        fileprivate let number: UInt64
    }

    private struct State {
        /// Those used last stand last.
        var readers: [(owner: Owner, seat: Seat)] = []
        var owners: UInt64 = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// One that has nothing to do for so long goes elsewhere before another is opened, in nanoseconds.
    private static let rest = 1_000_000_000

    /// - Parameter limit: How many stay open; each takes half a megabyte where the schema is big.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Nobody else's, ever: a reader of another database must not be taken for one's own.
    func newOwner() -> Owner {
        state.withLock { state in
            state.owners += 1
            return Owner(number: state.owners)
        }
    }

    /// A reader of this owner's, nil when none is idle.
    func take(_ owner: Owner) -> Seat? {
        state.withLock { state in
            guard let place = state.readers.lastIndex(where: { $0.owner == owner }) else { return nil }
            return state.readers.remove(at: place).seat
        }
    }

    /// A reader of somebody else's that can be spared and knows this schema; it is at no database any more.
    func takeOther(for version: Int64) throws -> Seat? {
        try state.withLock { state in
            guard let place = state.readers.firstIndex(where: { $0.seat.schemaVersion == version }) else { return nil }
            let seat = state.readers[place].seat
            guard state.readers.count >= limit || seat.idleTime >= Self.rest else { return nil }
            state.readers.remove(at: place)
            // Before anybody can close that database, who must be the last one there.
            return try seat.use { connection in
                defer { connection.detach() }
                return connection.mayMove
            } ? seat : nil
        }
    }

    func give(_ seat: Seat, of owner: Owner) {
        // What goes is closed outside of the lock.
        let surplus = state.withLock { state -> Seat? in
            state.readers.append((owner, seat))
            return state.readers.count > limit ? state.readers.removeFirst().seat : nil
        }
        withExtendedLifetime(surplus) {}
    }

    /// Closes the readers of an owner.
    func close(_ owner: Owner) {
        let gone = state.withLock { state in
            let gone = state.readers.filter { $0.owner == owner }
            if !gone.isEmpty { state.readers.removeAll { $0.owner == owner } }
            return gone
        }
        withExtendedLifetime(gone) {}
    }
}
