internal import CSQLite

/// What SQLite or the file refused.
///
/// The message is SQLite's: it names tables and columns, never a bound value.
public struct StorageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The extended result code.
    ///
    /// https://sqlite.org/rescode.html
    public let code: Int32
    /// SQLite's text for it.
    public let message: String

    init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    init(_ code: Int32, on handle: OpaquePointer?) {
        self.code = handle.map { sqlite3_extended_errcode($0) } ?? code
        self.message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    }

    /// SQL from outside that is not one statement of the kind asked for, or takes other values.
    static let misuse = StorageError(
        code: SQLITE_MISUSE, message: "one statement is needed, and a value for each of its parameters")

    /// The database is closed.
    static let closed = StorageError(code: SQLITE_MISUSE, message: "the database is closed")

    /// A connection that was sent to a database has found another, or none of its kind.
    static let stranger = StorageError(code: SQLITE_INTERNAL, message: "the database is not the one it should be")

    /// A confined statement that selects what it may only refer to.
    static let outOfReach = StorageError(code: SQLITE_AUTH, message: "not authorized")

    /// See ``misuse``.
    public var isMisuse: Bool { code == SQLITE_MISUSE }

    /// A confined statement named what it may not touch.
    public var isOutOfReach: Bool { code & 0xff == SQLITE_AUTH }

    /// Any constraint was violated.
    public var isConstraintViolation: Bool { code & 0xff == SQLITE_CONSTRAINT }

    /// The SQL itself cannot be used, or its values cannot be stored so.
    public var isMistake: Bool { [SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE].contains(code & 0xff) }

    /// A CHECK constraint was violated.
    public var isCheckViolation: Bool { code == SQLITE_CONSTRAINT | (1 << 8) }

    /// A UNIQUE constraint or a primary key was violated.
    public var isUniqueViolation: Bool {
        // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE and _ROWID: the header's macros do not reach Swift.
        [6, 8, 10].contains { code == SQLITE_CONSTRAINT | ($0 << 8) }
    }

    /// Something still refers to a row that was to go, or to one that is not there.
    public var isForeignKeyViolation: Bool { code == SQLITE_CONSTRAINT | (3 << 8) }

    /// The file system has no room left, be it for the log's index.
    public var isDiskFull: Bool { code & 0xff == SQLITE_FULL || code == SQLITE_IOERR | (19 << 8) }

    /// The disk failed to read or write what the file has, or to keep it.
    public var isDiskFault: Bool { Self.isDiskFault(code) }

    /// Whether an extended result code says so.
    static func isDiskFault(_ code: Int32) -> Bool {
        // SQLITE_IOERR_READ, _WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE, _FSTAT, _DATA and _CORRUPTFS.
        [1, 3, 4, 5, 6, 7, 32, 33].contains { code == SQLITE_IOERR | ($0 << 8) }
    }

    /// The disk failed to take or to keep what was written.
    var isWriteFault: Bool {
        // SQLITE_IOERR_WRITE, _FSYNC, _DIR_FSYNC and _TRUNCATE.
        [3, 4, 5, 6].contains { code == SQLITE_IOERR | ($0 << 8) }
    }

    /// The file, or its folder, can only be read.
    public var isReadOnly: Bool { code & 0xff == SQLITE_READONLY }

    /// The file could not be opened; why, only the system knows.
    public var isUnopenable: Bool { code & 0xff == SQLITE_CANTOPEN }

    /// The file is not a database, or is damaged.
    public var isCorrupt: Bool { code & 0xff == SQLITE_CORRUPT || code & 0xff == SQLITE_NOTADB }

    public var description: String { "sqlite \(code): \(message)" }
}

/// The file has migrations this program does not know; an older program must not touch it.
public struct NewerDatabase: Error, Equatable, Sendable {
    /// The first migration that is not known.
    public let migration: String
}

/// SQLite ended the transaction of its own accord, so everything in it is undone.
public struct TransactionLost: Error, Equatable, Sendable {
    /// Why.
    public let cause: StorageError
}
