internal import CSQLite
internal import Glibc

/// A file that nobody else has open, into which captured changes are put again.
public final class Replay {
    /// Why the changes do not fit the file; nothing of them is in it then.
    public enum Misfit: Error, Equatable, Sendable {
        /// The file was never captured.
        case notCaptured
        /// The changes are another file's.
        case otherFile
        /// The changes do not go on where the file ends.
        case gap(after: Int64, next: Int64)
        /// A change names a table that is not there, or not of this shape.
        case shape(table: String, seq: Int64)
        /// A row is not as it was when the change was captured.
        case conflict(table: String, seq: Int64)
    }

    /// How far the file is.
    public private(set) var position: Applied.Position
    private let seat: Seat
    /// Where the connection goes next, and the files it is at until then; nil for one of the file's own.
    private let source: (pool: ConnectionPool, files: DatabaseFiles)?

    /// Opens a file that is there.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - pool: Of connections for nothing else than this, which capture nothing: where many files have one schema it is
    ///     read once. Nil for a connection that is opened for this file.
    /// - Throws: ``Misfit/notCaptured``, ``StorageError``.
    public init(path: String, sharing pool: ConnectionPool? = nil) throws {
        if let pool, let files = try DatabaseFiles(path: path) {
            source = (pool, files)
            seat = try Self.seat(at: files, OpenFile(path: path), of: pool)
        } else {
            source = nil
            let connection = try Connection(path: path, mode: .existing)
            try connection.script("PRAGMA synchronous = NORMAL")
            try connection.beginReplay()
            seat = Seat(connection)
        }
        position = try seat.use { connection in
            let reading = ReadTransaction(connection: connection)
            guard try reading.exists("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'applied'"),
                let position = try reading.applied()
            else { throw Misfit.notCaptured }
            return position
        }
    }

    deinit {
        guard let source else { return }
        let isUsable = try? seat.use { try $0.leave(isClosing: true)?.isUsable }
        if isUsable == true { source.pool.give(seat) }
    }

    private static func seat(at files: DatabaseFiles, _ file: OpenFile, of pool: ConnectionPool) throws -> Seat {
        let (spare, _) = pool.take(for: files.schemaVersion, lastUse: 0)
        if let spare, try spare.use({ try $0.go(to: files, of: file) }) { return spare }
        let seat = try pool.open(at: files, of: file)
        try seat.use { try $0.beginReplay() }
        return seat
    }

    /// Makes changes again, all or none, those left out that the file holds; then ``LogFile/sync(of:)`` is due.
    ///
    /// - Parameter changes: In the order of their numbers, and checked to be as they were captured.
    /// - Throws: ``Misfit``, ``StorageError``.
    public func apply(_ changes: [(seq: Int64, bytes: [UInt8])]) throws {
        let position = position
        let seq = try seat.use { connection in
            try connection.run("BEGIN IMMEDIATE")
            do {
                let seq = try connection.makeAgain(changes, after: position.seq)
                if seq > position.seq { try connection.noteApplied(seq) }
                try connection.run("COMMIT")
                return seq
            } catch {
                if connection.isInTransaction { try connection.run("ROLLBACK") }
                throw error
            }
        }
        self.position = Applied.Position(file: position.file, seq: seq)
    }
}

extension Connection {
    /// Makes changes again in the open transaction, those left out up to a number.
    ///
    /// - Returns: The number of the last.
    fileprivate func makeAgain(_ changes: [(seq: Int64, bytes: [UInt8])], after present: Int64) throws -> Int64 {
        var seq = present
        var shapes: [[UInt8]: Bool] = [:]
        for change in changes where change.seq > seq {
            guard change.seq == seq + 1 else { throw Replay.Misfit.gap(after: seq, next: change.seq) }
            if let table = try misfit(in: change.bytes, known: &shapes) {
                throw Replay.Misfit.shape(table: table, seq: change.seq)
            }
            if let table = try conflict(applying: change.bytes) {
                throw Replay.Misfit.conflict(table: table, seq: change.seq)
            }
            seq = change.seq
        }
        return seq
    }
}
