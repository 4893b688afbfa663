internal import CStorage
internal import CSQLite
internal import Synchronization

/// One SQLite file, open for as long as this object lives: one writer, and readers that do not wait for it.
///
/// In WAL mode: when ``write(_:)`` has returned, the change survives loss of power. One that is captured leaves that to
/// whoever keeps what ``commit(isBulk:mayStayOpen:synced:_:)`` returns. Calls block; keep them off the cooperative pool.
public final class Database: Sendable {
    /// What changes are made with.
    struct Writer: Sendable {
        /// While no connection has it.
        var file: OpenFile
        var seat: Seat?
        /// When it had one last, as ``Seat/lastUse``.
        var lastUse = Int64.min / 2
        /// Whether the log stays as it is.
        var keepsLog = false
    }

    let path: String
    private let log: LogWatch
    let unfinished: Unfinished
    /// Where the connection that writes comes from, and the files it comes to; nil for a database that keeps one.
    let source: (pool: ConnectionPool, files: DatabaseFiles)?
    /// Nil once it is closed.
    let writer: Mutex<Writer?>
    let readers: IdleReaders
    let owner: IdleReaders.Owner
    private let explain = Mutex<(@Sendable (any Error) -> any Error)?>(nil)

    /// Opens or creates the file and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - path: A file, or ":memory:".
    ///   - migrations: All the program knows, in order.
    ///   - shapes: Where commits are told by ``commit(isBulk:mayStayOpen:synced:_:)``, what is known of tables; the
    ///     migrations of ``Applied`` are needed then.
    ///   - readers: Where readers wait that have nothing to do.
    /// - Throws: ``NewerDatabase``, ``StorageError``, ``LogFile/NotSynced``.
    public init(
        path: String, migrations: [Migration], capturing shapes: CapturedShapes? = nil,
        readers: IdleReaders = IdleReaders(limit: 8)
    ) throws {
        let connection = try Connection(path: path, mode: .readWrite, capturing: shapes)
        // A small page keeps the log of a small transaction small; it only counts before the file is created.
        try connection.script("PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        // What is deleted or overwritten is overwritten in the file as well.
        try connection.script("PRAGMA secure_delete = ON")
        try connection.script("PRAGMA journal_size_limit = 16777216")
        try Migration.run(Migration.missing(of: migrations, on: connection), on: connection)
        // Set once the schema is safe: https://sqlite.org/pragma.html#pragma_synchronous
        if shapes != nil { try connection.script("PRAGMA synchronous = NORMAL") }
        let file = connection.file
        self.path = path
        log = file.log
        unfinished = file.unfinished.watch
        source = nil
        writer = Mutex(Writer(file: file, seat: Seat(connection)))
        self.readers = readers
        owner = readers.newOwner()
    }

    /// Opens a file that may be changed with a connection of others, creates it if need be, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - path: A file.
    ///   - migrations: All the program knows, in order, those of ``Applied`` among them.
    ///   - pool: Where the connection comes from; it captures the changes.
    ///   - readers: Where readers wait that have nothing to do.
    /// - Throws: ``NewerDatabase``, ``StorageError``, ``LogFile/NotSynced``.
    public init(path: String, migrations: [Migration], sharing pool: ConnectionPool, readers: IdleReaders) throws {
        var files = try DatabaseFiles(path: path)
        if files == nil {
            try Database(path: path, migrations: migrations).close()
            files = try DatabaseFiles(path: path)
        }
        guard let files else { throw StorageError.stranger }
        let file = OpenFile(path: path)
        self.path = path
        log = file.log
        unfinished = file.unfinished.watch
        source = (pool, files)
        writer = Mutex(Writer(file: file))
        self.readers = readers
        owner = readers.newOwner()
        files.key = try withWriter { connection in
            let missing = try Migration.missing(of: migrations, on: connection)
            if !missing.isEmpty {
                try connection.script("PRAGMA synchronous = FULL")
                try Migration.run(missing, on: connection)
                // Set once the schema is safe: https://sqlite.org/pragma.html#pragma_synchronous
                try connection.script("PRAGMA synchronous = NORMAL")
            }
            return try connection.key()
        }
    }

    deinit {
        // Whoever wants to know closes it.
        try? close()
    }

    /// Closes the file, for which nobody may use it any more: everything is in it then and its log is gone, unless another
    /// process has it open.
    ///
    /// Whoever lets go of the last reference closes it too, but cannot tell when.
    ///
    /// - Throws: ``StorageError`` when the log could not be written back: it is closed, and the log stays beside it. What
    ///   was left open is lost where ``finish()`` would have thrown.
    public func close() throws {
        // The last connection to close writes the log back into the file, which a reader cannot.
        readers.close(owner)
        let writer = writer.withLock { open in
            defer { open = nil }
            return open
        }
        guard let writer else { return }
        guard let source else {
            try writer.seat?.use { connection in
                try connection.finish()
                try connection.finishLog()
            }
            return
        }
        defer { source.files.close() }
        let finished = Result {
            guard let seat = writer.seat else { return }
            source.pool.forget(seat)
            let isUsable = try seat.lookAfter { connection in
                do {
                    return try connection.leave(isClosing: true)?.isUsable ?? false
                } catch {
                    connection.detach()
                    throw error
                }
            }
            if isUsable { source.pool.give(seat) }
        }
        // The file of another in its place is none of this one's business.
        if !writer.keepsLog, source.files.areInPlace {
            let connection = try Connection(path: path, mode: .existing)
            try connection.finishLog()
            // It is the last one then.
            source.files.close()
        }
        try finished.get()
    }

    /// Whether changes are in a transaction that ``commit(isBulk:mayStayOpen:synced:_:)`` has left open.
    public var isUnfinished: Bool { unfinished.isThere }

    /// Commits what was left open; what SQLite has undone meanwhile, as on a full disk, is made again.
    ///
    /// - Throws: ``StorageError``, ``Replay/Misfit``; it can be tried again then.
    public func finish() throws {
        guard isUnfinished else { return }
        try explaining {
            // Whoever has closed it meanwhile has finished it.
            try writer.withLock { try $0?.seat?.lookAfter { try $0.finish() } }
        }
    }

    /// Has whatever keeps somebody from reading, from finishing what was left open or from copying the log back go through
    /// this before they are told, on their thread: the disk may have failed, be it under a change of somebody else.
    public func explainErrors(_ explain: @escaping @Sendable (any Error) -> any Error) {
        self.explain.withLock { $0 = explain }
    }

    /// To be called where no lock is held.
    func explaining<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw explain.withLock { $0 }?(error) ?? error }
    }

    /// Leaves the log as it is when the file is closed: what of it is on the disk is not known, and must not get into the
    /// file.
    ///
    /// What was left open gets into neither. Where something was, the database can only be closed then: another change would
    /// get the number of one that the journal has, and whoever reads would not see it.
    ///
    /// - Throws: ``StorageError`` once the database is closed.
    public func keepLog() throws {
        try writer.withLock { open in
            guard let writer = open else { throw StorageError.closed }
            open?.keepsLog = true
            try writer.seat?.use { connection in
                try connection.abandonUnfinished()
                let code = patron_sqlite3_keep_log(connection.handle)
                guard code == SQLITE_OK else { throw StorageError(code, on: connection.handle) }
            }
        }
    }

    /// Sets what SQLite sets aside for the whole process; call once, before the first database is opened.
    public static func configureProcess() {
        _ = patron_sqlite3_config_no_pagecache()
        _ = patron_sqlite3_config_no_memstatus()
        _ = patron_sqlite3_config_lookaside()
        // A commit that many orders share has some 100 KiB of it.
        _ = cstorage_configure_memory(1 << 20)
    }

    /// From now on the calling thread has the disk take what it writes bit by bit, so that whoever syncs a little besides
    /// need not wait until the disk has all of it: for threads that write much.
    public static func paceWrites() { _ = cstorage_pace_writes(1) }

    /// Runs `body` in one transaction, committed and synced when this returns.
    ///
    /// - Returns: What `body` returned.
    /// - Throws: ``StorageError``, ``TransactionLost``, or what `body` throws; the transaction is then undone. After
    ///   ``LogFile/NotSynced``, or where the disk fails while the log is copied back, it is not.
    public func write<Result: Sendable>(
        _ body: @Sendable (WriteTransaction) throws -> Result
    ) throws -> Result {
        try withWriter { connection in
            guard connection.capture != nil else {
                let result = try connection.transact({ _ in false }, body)
                if connection.isToBeScrubbed, try connection.cutLog() {
                    connection.isToBeScrubbed = false
                    try LogFile.sync(of: path)
                }
                return result
            }
            // What was left open would be undone with it.
            try connection.finish()
            let (result, commit) = try connection.commit(
                isBulk: false, mayStayOpen: false, synced: { _ in }, body)
            try sync(commit)
            return result
        }
    }

    /// Makes a commit that is finished survive loss of power without a journal, where it does not yet; others may write
    /// meanwhile.
    ///
    /// Once it has failed, nobody knows what the disk has, and another call would not tell.
    ///
    /// - Throws: ``LogFile/NotSynced``.
    public func sync(_ commit: Commit) throws(LogFile.NotSynced) {
        switch commit {
        case .unchanged, .synced, .postponed: return
        case .captured: try LogFile.sync(of: path)
        case .unsynced(_, let mark):
            try LogFile.sync(of: path)
            log.noteSynced(upTo: mark)
        }
    }

    /// Runs `body` in one transaction of a captured database.
    ///
    /// - Parameters:
    ///   - isBulk: Whether it is a step of something too big to be captured; the next commit that is none syncs the file.
    ///   - mayStayOpen: Whether a change that is captured may be left in the open transaction, for others to join it; until
    ///     ``finish()`` it survives not even the end of the program by itself.
    ///   - synced: Called with the change's number where it survives loss of power before this returns: what is erased has
    ///     to leave the log then, for which readers must let go of it.
    ///   - body: What to do.
    /// - Returns: What `body` returned, and what is needed for the change to survive loss of power; that of the program
    ///   alone it survives all the same.
    /// - Throws: As ``write(_:)``.
    public func commit<Result: Sendable>(
        isBulk: Bool = false, mayStayOpen: Bool = false, synced: @Sendable (Int64) -> Void = { _ in },
        _ body: @Sendable (WriteTransaction) throws -> Result
    ) throws -> (result: Result, commit: Commit) {
        try withWriter {
            try $0.commit(isBulk: isBulk, mayStayOpen: mayStayOpen, synced: synced, body)
        }
    }

    /// Whether what was to leave the log with the last commits has left it.
    public var isScrubbed: Bool { log.isScrubbed }

    /// How long the log was after the last commit, in pages; a commit that makes it 32,000 copies it back.
    public var logLength: Int { log.length }

    /// Copies what the log holds back into the file, on the calling thread: what is copied here, no writer has to.
    ///
    /// - Throws: ``StorageError``.
    public func copyLogBack() throws {
        try explaining {
            try log.copying.withLock { _ in
                // One that is gone is not made anew.
                try Connection(path: path, mode: .existing).copyLogBack()
            }
        }
    }
}
