/// The one writer of a database; valid only inside the closure that receives it.
public struct WriteTransaction {
    let connection: Connection

    /// The same transaction, for what only reads.
    public var reading: ReadTransaction { ReadTransaction(connection: connection) }

    /// Notes that something in this transaction waits for whoever looks after it; forgotten when the transaction ends.
    public func ring() {
        connection.isRung = true
    }

    /// Whether ``ring()`` was called, be it in a savepoint that was undone.
    public var isRung: Bool { connection.isRung }

    /// Lets what this transaction overwrites leave the file's log too, once it is committed: at once, or as soon as a
    /// later transaction is committed, be it an empty one, while nobody reads an older state.
    ///
    /// Which of the two, ``Database/isScrubbed`` tells.
    public func scrub() {
        connection.isToBeScrubbed = true
        connection.scrubs += 1
    }

    /// How often ``scrub()`` was called, in all transactions.
    public var scrubs: Int { connection.scrubs }

    /// Whether earlier commits would be undone with the transaction: what may come to nothing needs a savepoint then.
    public var isShared: Bool { connection.isShared }

    /// Whether SQLite has ended the transaction by itself, with all that was done in it: whoever meets the error of that has
    /// to pass it on as it is.
    public var isLost: Bool { !connection.isInTransaction }

    /// Runs one statement.
    ///
    /// - Throws: ``StorageError``.
    public func execute(_ sql: StaticString, _ values: Value...) throws {
        try connection.run(sql, values)
    }

    /// Runs one statement with values counted at run time.
    ///
    /// - Throws: ``StorageError``.
    public func execute(_ sql: StaticString, with values: [Value]) throws {
        try connection.run(sql, values)
    }

    /// Runs an INSERT and returns the new row's id.
    ///
    /// - Throws: ``StorageError``.
    public func insert(_ sql: StaticString, _ values: Value...) throws -> Int64 {
        try connection.run(sql, values)
        return connection.lastInsertedID
    }

    /// The id of a new row: one above the greater of what `highest` finds and what this gave out in the transaction.
    ///
    /// `highest` runs once in a transaction, and again after a savepoint was undone.
    ///
    /// - Throws: ``StorageError``.
    public func nextID(after highest: StaticString) throws -> Int64 {
        let last = try connection.lastIDs[highest.utf8Start] ?? reading.first(highest) { $0.integer(0) } ?? 0
        connection.lastIDs[highest.utf8Start] = last + 1
        return last + 1
    }

    /// Runs statements that change the schema and are not kept.
    ///
    /// - Throws: ``StorageError``.
    public func define(_ sql: StaticString) throws {
        try connection.script(sql)
    }

    /// Prepares the writer for work that touches pages all over the file: up to 24 MiB of pages in memory, and a log
    /// that is copied back into the file half as often.
    ///
    /// - Throws: ``StorageError``.
    public func prepareForBulk() throws {
        // Others would have no use for so much memory.
        connection.file.isInBulk = true
        try connection.script("PRAGMA cache_size = -24576")
        connection.log.setLimit(64_000)
    }

    /// Gives the memory back, and keeps the log as short as everyday work needs it.
    ///
    /// - Throws: ``StorageError``.
    public func endBulk() throws {
        try connection.endBulk()
    }

    /// The id of the row inserted last.
    public var lastInsertedID: Int64 { connection.lastInsertedID }

    /// Runs one statement and returns how many rows it changed.
    ///
    /// - Throws: ``StorageError``.
    public func change(_ sql: StaticString, _ values: Value...) throws -> Int {
        try connection.run(sql, values)
        return connection.changes
    }

    /// Runs one statement with some values, and for the parameters behind them those that are packed from a place on.
    ///
    /// - Returns: How many rows it changed.
    /// - Throws: ``StorageError``.
    public func change(
        _ sql: StaticString, _ values: Value..., then packed: PackedValues, at place: PackedValues.Place
    ) throws -> Int {
        try packed.read(from: place) { try connection.run(sql, values, then: &$0) }
        return connection.changes
    }

    /// Runs one statement with some values, and for the parameters behind them as many packed ones from each of the places.
    ///
    /// - Throws: ``StorageError``; nothing is changed then.
    public func execute(
        _ sql: StaticString, _ values: Value..., then packed: PackedValues, at places: [PackedValues.Place]
    ) throws {
        try packed.read(from: 0) { try connection.run(sql, values, then: &$0, at: places) }
    }

    /// Runs one statement, all of whose parameters take the next packed values.
    ///
    /// - Throws: ``StorageError``.
    public func execute(_ sql: StaticString, next values: inout PackedValues.Reader) throws {
        try connection.run(sql, [], then: &values)
    }

    /// Runs a change with a RETURNING clause and gives its first row as an element, nil when nothing changed.
    ///
    /// - Throws: ``StorageError``, or what `element` throws.
    public func returning<Element>(
        _ sql: StaticString, _ values: Value..., element: (Row) throws -> Element
    ) throws -> Element? {
        var found: Element?
        try connection.rows(sql, values) { row in
            found = try element(row)
            return false
        }
        return found
    }

    /// Runs `body`; when it throws, or `isKept` is false, undoes what it did and nothing else.
    ///
    /// - Throws: ``TransactionLost`` when the whole transaction is gone, else what `body` throws.
    public func savepoint<Result>(isKept: Bool = true, _ body: () throws -> Result) throws -> Result {
        try connection.run("SAVEPOINT job")
        let mark = connection.capture?.mark
        do {
            let result = try body()
            if !isKept { try undo(to: mark) }
            try connection.run("RELEASE job")
            return result
        } catch let lost as TransactionLost {
            // This savepoint is gone with the one in it.
            throw lost
        } catch {
            do {
                try undo(to: mark)
                try connection.run("RELEASE job")
            } catch let lost as StorageError {
                throw TransactionLost(cause: (error as? StorageError) ?? lost)
            }
            throw error
        }
    }

    private func undo(to mark: Int?) throws {
        connection.lastIDs.removeAll(keepingCapacity: true)
        try connection.run("ROLLBACK TO job")
        if let mark { connection.capture?.cut(to: mark) }
    }
}
