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
    private let connection: Connection

    /// Opens a file that is there.
    ///
    /// - Throws: ``Misfit/notCaptured``, ``StorageError``.
    public init(path: String) throws {
        connection = try Connection(path: path, mode: .existing)
        try connection.beginReplay()
        try connection.script("PRAGMA synchronous = NORMAL")
        let reading = ReadTransaction(connection: connection)
        guard try reading.exists("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'applied'"),
            let position = try reading.applied()
        else { throw Misfit.notCaptured }
        self.position = position
    }

    /// Makes changes again, all or none, those left out that the file holds; then ``LogFile/sync(of:)`` is due.
    ///
    /// - Parameter changes: In the order of their numbers, and checked to be as they were captured.
    /// - Throws: ``Misfit``, ``StorageError``.
    public func apply(_ changes: [(seq: Int64, bytes: [UInt8])]) throws {
        try connection.run("BEGIN IMMEDIATE")
        do {
            var seq = position.seq
            var shapes: [[UInt8]: Bool] = [:]
            for change in changes where change.seq > seq {
                guard change.seq == seq + 1 else { throw Misfit.gap(after: seq, next: change.seq) }
                if let table = try connection.misfit(in: change.bytes, known: &shapes) {
                    throw Misfit.shape(table: table, seq: change.seq)
                }
                if let table = try connection.conflict(applying: change.bytes) {
                    throw Misfit.conflict(table: table, seq: change.seq)
                }
                seq = change.seq
            }
            if seq > position.seq { try connection.noteApplied(seq) }
            try connection.run("COMMIT")
            position = Applied.Position(file: position.file, seq: seq)
        } catch {
            if connection.isInTransaction { try connection.run("ROLLBACK") }
            throw error
        }
    }
}
