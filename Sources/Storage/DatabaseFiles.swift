internal import CStorage
internal import CSQLite
internal import Glibc
internal import Synchronization

/// The files of one database, open for the connections that come to them one after the other: see ``ConnectionPool``.
///
/// They are closed as they are.
final class DatabaseFiles: Sendable {
    private struct State {
        /// Where CStorage has them; nil once they are closed.
        var address: UInt?
        var schema: SchemaMark?
        var key: [UInt8]?
    }

    private let state: Mutex<State>

    /// How long somebody who closes the database is waited for, in milliseconds.
    private static let patience = 5_000

    /// Opens a database that is there and fits; nil for one that a connection of its own has to open: there is no file, it
    /// is empty, has no log, or is not as this program makes them.
    ///
    /// - Throws: ``StorageError``.
    init?(path: String) throws {
        _ = Connection.fileSystem
        var opened: OpaquePointer?
        var code = cstorage_open_files(path, &opened)
        for _ in 0..<Self.patience where code & 0xff == SQLITE_BUSY {
            usleep(1_000)
            code = cstorage_open_files(path, &opened)
        }
        // Why it cannot be opened, that connection finds out.
        if [SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY].contains(code & 0xff) { return nil }
        guard code == SQLITE_OK else { throw StorageError(code, on: nil) }
        state = Mutex(State(address: UInt(bitPattern: opened)))
    }

    deinit {
        close()
    }

    /// Closes them, for which no connection may be at them any more.
    func close() {
        cstorage_close_files(files)
        state.withLock { $0.address = nil }
    }

    private var files: OpaquePointer? { state.withLock { $0.address.flatMap { OpaquePointer(bitPattern: $0) } } }

    /// What the schema was when it was last looked at; nil until then.
    var schema: SchemaMark? {
        get { state.withLock { $0.schema } }
        set { state.withLock { $0.schema = newValue } }
    }

    /// SQLite's number of the schema: as it was last looked at, or else as it stands in the file, which may be an older one.
    var schemaVersion: Int64 {
        state.withLock { state in
            if let schema = state.schema { return schema.version }
            return state.address.flatMap { OpaquePointer(bitPattern: $0) }.map { Int64(cstorage_schema_number($0)) }
                ?? 0
        }
    }

    /// By what the journal knows the database; nil until its schema is up to date, and where it has got another key since.
    var key: [UInt8]? {
        get { state.withLock { $0.key } }
        set { state.withLock { $0.key = newValue } }
    }

    /// Takes what is known of the same database for what is to be found here.
    func expect(_ known: DatabaseFiles) {
        let (schema, key) = known.state.withLock { ($0.schema, $0.key) }
        state.withLock { ($0.schema, $0.key) = (schema, key) }
    }

    /// Whether the database is still at its path.
    var areInPlace: Bool { files.map { cstorage_are_in_place($0) != 0 } ?? false }

    /// Opens a connection that is at these files.
    func connect(_ flags: Int32) throws -> OpaquePointer {
        var opened: OpaquePointer?
        let code = cstorage_open_moving(files, flags, &opened)
        guard code == SQLITE_OK, let opened else { throw StorageError(code, on: nil) }
        return opened
    }

    /// Has a connection that has no transaction come to these files.
    func fetch(_ connection: OpaquePointer) throws {
        let code = cstorage_move(connection, files)
        guard code == SQLITE_OK else { throw StorageError(code, on: nil) }
    }
}
