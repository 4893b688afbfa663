internal import CStorage
internal import CSQLite

/// One SQLite connection with its prepared statements, used by one thread at a time.
///
/// SQL arrives as `StaticString`: text with a value spliced in does not compile, and the literal's address is the
/// key of the statement cache.
final class Connection {
    let handle: OpaquePointer
    private var statements: [UnsafePointer<UInt8>: Statement] = [:]
    /// Statements of SQL that came from outside, by prefix and text.
    private var foreign: [String: Statement] = [:]
    private let confinement = Confinement()
    /// Whether the open transaction was rung for.
    var isRung = false
    /// The ids given out last in the open transaction, by the statement that looked the first one up.
    var lastIDs: [UnsafePointer<UInt8>: Int64] = [:]
    /// How often it was asked that something leaves the log.
    var scrubs = 0
    /// The database it is at.
    var file: OpenFile
    /// What it knows of the schema; nil where it does not move.
    var schema: SchemaMark?
    /// Where it is, for one that moves; they stay open as long as it is there.
    var files: DatabaseFiles?
    private let canMove: Bool
    /// Takes down what transactions change; nil where nobody wants to know.
    let capture: Capture?

    /// How long a lock is waited for, in milliseconds.
    static let patience: Int32 = 5_000

    /// SQLite's name of the file system that writes a commit at once; nil for SQLite's own.
    static let fileSystem = cstorage_register().map { String(cString: $0) }

    enum Mode {
        case readWrite
        /// To read and write a file that is there.
        case existing
        case readOnly

        /// What SQLite calls it, by one thread at a time and with extended result codes.
        var flags: Int32 {
            let access =
                switch self {
                case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                case .existing: SQLITE_OPEN_READWRITE
                case .readOnly: SQLITE_OPEN_READONLY
                }
            return access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        }
    }

    convenience init(path: String, mode: Mode, capturing shapes: CapturedShapes? = nil) throws {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, mode.flags, Self.fileSystem)
        guard code == SQLITE_OK, let opened else {
            let error = StorageError(code, on: opened)
            sqlite3_close_v2(opened)
            throw error
        }
        try self.init(opened, of: OpenFile(path: path), canMove: false, capturing: shapes)
    }

    /// Takes an open connection over.
    init(_ opened: OpaquePointer, of file: OpenFile, canMove: Bool, capturing shapes: CapturedShapes?) throws {
        handle = opened
        self.file = file
        self.canMove = canMove
        capture = shapes.map { Capture(on: opened, $0) }
        file.log.listen(to: opened)
        sqlite3_busy_timeout(handle, Self.patience)
        confinement.attach(to: handle)
        try run("PRAGMA foreign_keys = ON")
        try run("PRAGMA trusted_schema = OFF")
    }

    deinit {
        statements = [:]
        foreign = [:]
        if canMove { cstorage_close_moving(handle) } else { sqlite3_close_v2(handle) }
    }

    /// Whether the log holds what is to be gone.
    var isToBeScrubbed: Bool {
        get { file.isToBeScrubbed }
        set { file.isToBeScrubbed = newValue }
    }

    var log: LogWatch { file.log }

    /// Whether a transaction is open; SQLite may have ended it by itself (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// How often something was compiled that changes the schema, or what else rows do not tell.
    var schemaChanges: Int { confinement.schemaChanges }

    /// Runs statements that are not kept: schema and pragmas.
    func script(_ sql: StaticString) throws {
        let code = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount + 1) {
            sqlite3_exec(handle, $0, nil, nil, nil)
        }
        guard code == SQLITE_OK else { throw StorageError(code, on: handle) }
    }

    func run(_ sql: StaticString, _ values: [Value] = []) throws {
        let statement = try statement(sql)
        defer { release(statement) }
        try statement.bind(values)
        guard try start(statement) else { return }
        while try goOn(statement) {}
    }

    func run(_ sql: StaticString, _ values: [Value], then packed: inout PackedValues.Reader) throws {
        let statement = try statement(sql)
        defer { release(statement) }
        try statement.bind(values, then: &packed)
        guard try start(statement) else { return }
        while try goOn(statement) {}
    }

    func run(
        _ sql: StaticString, _ values: [Value], then packed: inout PackedValues.Reader, at places: [PackedValues.Place]
    ) throws {
        let statement = try statement(sql)
        defer { release(statement) }
        try statement.bind(values, then: &packed, at: places)
        guard try start(statement) else { return }
        while try goOn(statement) {}
    }

    func rows(
        _ sql: StaticString, _ values: [Value], confinedTo prefix: TablePrefix? = nil, _ body: (Row) throws -> Bool
    ) throws {
        let statement =
            try prefix.map { prefix in
                try sql.withUTF8Buffer { text in
                    Result { try confinement.confined(to: prefix, .data, text) { try self.statement(sql) } }
                }.get()
            } ?? statement(sql)
        defer { release(statement) }
        try statement.bind(values)
        guard try start(statement) else { return }
        while try body(Row(statement: statement)), try goOn(statement) {}
    }

    /// Runs one statement of SQL that came from outside.
    func rows(
        text sql: String, _ values: [Value], confinedTo prefix: TablePrefix?, isReading: Bool,
        _ body: (Row) throws -> Bool
    ) throws {
        let statement = try statement(text: sql, confinedTo: prefix)
        defer { release(statement) }
        guard statement.takes(values.count), !isReading || statement.isReadOnly else { throw StorageError.misuse }
        try statement.bind(values)
        guard try start(statement) else { return }
        while try body(Row(statement: statement)), try goOn(statement) {}
    }

    /// Takes a statement's first step, with which all its changes are made; those of one that fails are undone.
    ///
    /// - Returns: Whether there is a row.
    @inline(__always)
    private func start(_ statement: Statement) throws -> Bool {
        guard let capture, !statement.isReadOnly else { return try statement.step() }
        return try start(statement, capture)
    }

    private func start(_ statement: Statement, _ capture: Capture) throws -> Bool {
        if statement.isUntold { capture.noteUntold() }
        let mark = capture.mark
        let count = sqlite3_total_changes64(handle)
        do {
            return try statement.step()
        } catch {
            capture.cut(to: mark)
            // With OR FAIL a statement keeps what it did before: https://sqlite.org/lang_conflict.html
            if sqlite3_total_changes64(handle) != count { capture.noteUntold() }
            throw error
        }
    }

    /// - Returns: Whether there is another row.
    @inline(__always)
    private func goOn(_ statement: Statement) throws -> Bool {
        do {
            return try statement.step()
        } catch {
            // Others may have changed something since its first step, so nothing can be cut back.
            if !statement.isReadOnly { capture?.noteUntold() }
            throw error
        }
    }

    /// Runs statements that make or change tables of a prefix.
    func script(text sql: String, confinedTo prefix: TablePrefix) throws {
        try Array(sql.utf8).withUnsafeBufferPointer { text in
            try confinement.confined(to: prefix, .schema, text) {
                let code = sqlite3_exec(handle, sql, nil, nil, nil)
                guard code == SQLITE_OK else { throw StorageError(code, on: handle) }
            }
        }
    }

    private func statement(text sql: String, confinedTo prefix: TablePrefix?) throws -> Statement {
        let key = "\(prefix?.text ?? "") \(sql)"
        if let cached = foreign[key], !cached.isBusy {
            cached.isBusy = true
            return cached
        }
        if foreign.count >= Self.foreignLimit { foreign = foreign.filter { $0.value.isBusy } }
        let isFirst = foreign[key] == nil
        let text = Array(sql.utf8)
        let prepared = try text.withUnsafeBufferPointer { text in
            guard let base = text.baseAddress else { throw StorageError.misuse }
            let prepare = { [self] in
                try compile(base, length: text.count, isCached: isFirst, isSingle: true)
            }
            return try prefix.map { try confinement.confined(to: $0, .data, text, prepare) } ?? prepare()
        }
        prepared.isBusy = true
        if isFirst { foreign[key] = prepared }
        return prepared
    }

    /// So many statements from outside are kept ready.
    private static let foreignLimit = 64

    private func statement(_ sql: StaticString) throws -> Statement {
        let text = sql.utf8Start
        if let cached = statements[text], !cached.isBusy {
            cached.isBusy = true
            return cached
        }
        let isFirst = statements[text] == nil
        let prepared = try compile(text, length: sql.utf8CodeUnitCount, isCached: isFirst)
        prepared.isBusy = true
        if isFirst { statements[text] = prepared }
        return prepared
    }

    private func compile(
        _ sql: UnsafePointer<UInt8>, length: Int, isCached: Bool, isSingle: Bool = false
    ) throws -> Statement {
        let count = schemaChanges
        let statement = try Statement(sql, length: length, connection: handle, isCached: isCached, isSingle: isSingle)
        statement.isUntold = schemaChanges != count
        return statement
    }

    private func release(_ statement: Statement) {
        statement.reset()
        statement.isBusy = false
    }
}
