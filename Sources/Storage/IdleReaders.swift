internal import Synchronization

/// Connections that only read and have nothing to do, of all the databases that share them: those used last stay open.
public final class IdleReaders: Sendable {
    /// A database among those that share.
    struct Owner: Sendable, Equatable {
        fileprivate let number: UInt64
    }

    private struct State {
        /// Those used last stand last.
        var readers: [(owner: Owner, reader: Reader)] = []
        var owners: UInt64 = 0
    }

    private let limit: Int
    private let state = Mutex(State())

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
    func take(_ owner: Owner) -> Reader? {
        state.withLock { state in
            guard let place = state.readers.lastIndex(where: { $0.owner == owner }) else { return nil }
            return state.readers.remove(at: place).reader
        }
    }

    func give(_ reader: Reader, of owner: Owner) {
        // What goes is closed outside of the lock.
        let surplus = state.withLock { state -> Reader? in
            state.readers.append((owner, reader))
            return state.readers.count > limit ? state.readers.removeFirst().reader : nil
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

/// A connection that only reads, used by one thread at a time.
final class Reader: Sendable {
    let connection: Mutex<Connection>

    init(path: String) throws {
        connection = Mutex(try Connection(path: path, mode: .readOnly))
    }
}
