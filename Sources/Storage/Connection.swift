internal import CSQLite

/// One SQLite connection with its prepared statements, used by one thread at a time.
///
/// SQL arrives as `StaticString`: text with a value spliced in does not compile, and the literal's address is the
/// key of the statement cache.
final class Connection {
    private let handle: OpaquePointer
    private var statements: [UnsafePointer<UInt8>: Statement] = [:]
    /// Statements of SQL that came from outside, by prefix and text.
    private var foreign: [String: Statement] = [:]
    private let confinement = Confinement()
    /// Whether the open transaction was rung for.
    var isRung = false
    /// The ids given out last in the open transaction, by the statement that looked the first one up.
    var lastIDs: [UnsafePointer<UInt8>: Int64] = [:]
    /// Whether the log holds what is to be gone.
    var isToBeScrubbed = false

    /// How long a lock is waited for, in milliseconds.
    private static let patience: Int32 = 5_000

    enum Mode {
        case readWrite
        case readOnly
    }

    init(path: String, mode: Mode) throws {
        let access = mode == .readWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = StorageError(code, on: opened)
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_busy_timeout(handle, Self.patience)
        confinement.attach(to: handle)
        try run("PRAGMA foreign_keys = ON")
        try run("PRAGMA trusted_schema = OFF")
    }

    deinit {
        statements = [:]
        foreign = [:]
        sqlite3_close_v2(handle)
    }

    /// Whether a transaction is open; SQLite may have ended it by itself (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Writes the log back and cuts it to nothing; does not wait for readers of an older state.
    ///
    /// - Returns: Whether nothing is left of it. (https://sqlite.org/pragma.html#pragma_wal_checkpoint)
    func cutLog() -> Bool {
        sqlite3_busy_timeout(handle, 0)
        defer { sqlite3_busy_timeout(handle, Self.patience) }
        var isCut = false
        // Where it fails nothing is lost: the log is written back later.
        try? rows("PRAGMA wal_checkpoint(TRUNCATE)", []) { row in
            isCut = row.integer(0) == 0
            return false
        }
        return isCut
    }

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
        while try statement.step() {}
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
        while try statement.step(), try body(Row(statement: statement)) {}
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
        while try statement.step(), try body(Row(statement: statement)) {}
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
            let prepare = { [handle] in
                try Statement(base, length: text.count, connection: handle, isCached: isFirst, isSingle: true)
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
        let prepared = try Statement(text, length: sql.utf8CodeUnitCount, connection: handle, isCached: isFirst)
        prepared.isBusy = true
        if isFirst { statements[text] = prepared }
        return prepared
    }

    private func release(_ statement: Statement) {
        statement.reset()
        statement.isBusy = false
    }
}
