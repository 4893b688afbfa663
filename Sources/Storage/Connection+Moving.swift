internal import CStorage
internal import CSQLite

/// Connections that go from one database to another, with all that is compiled for them, instead of being opened anew.
extension Connection {
    /// Opens a connection at a database's files.
    ///
    /// - Throws: ``StorageError``.
    convenience init(
        at files: DatabaseFiles, of file: OpenFile, mode: Mode, capturing shapes: CapturedShapes?
    ) throws {
        try self.init(files.connect(mode.flags), of: file, canMove: true, capturing: shapes)
        self.files = files
        _ = try arrive(in: files)
    }

    /// Goes to another database, whose files nobody is at.
    ///
    /// - Returns: False where it has another schema: this connection is of no use there, and is to be closed.
    /// - Throws: ``StorageError``; it is to be closed then too.
    func go(to files: DatabaseFiles, of other: OpenFile) throws -> Bool {
        try files.fetch(handle)
        self.files = files
        file = other
        other.log.listen(to: handle)
        let isAtHome = Result { try arrive(in: files) }
        if (try? isAtHome.get()) != true { detach() }
        return try isAtHome.get()
    }

    /// Whether it should go anywhere: not where it has seen a very long log.
    var mayMove: Bool { cstorage_may_move(handle) != 0 }

    /// Leaves the files it is at, whatever it has to do with them; it can only be closed then.
    func detach() {
        if isInTransaction { try? run("ROLLBACK") }
        cstorage_move(handle, nil)
        files = nil
    }

    /// Finishes what was left open of the database it is at, and leaves that.
    ///
    /// - Parameter isClosing: Whether it leaves although something is under way that goes with it.
    /// - Returns: What is known of that, and whether this connection can go to another: it is to be closed where the schema
    ///   has changed meanwhile, or its log was very long. Nil where it stays.
    /// - Throws: What ``finish()`` throws; it is at the database still.
    func leave(isClosing: Bool = false) throws -> (file: OpenFile, isUsable: Bool)? {
        let isSame = try schemaVersion() == schema?.version
        guard try isClosing || !file.isInBulk && (isSame || !hasSchemaOfItsOwn()) else { return nil }
        try finish()
        if file.isInBulk { try endBulk() }
        let mayMove = mayMove && isSame
        let hasLeft = cstorage_move(handle, nil) == SQLITE_OK
        defer {
            files = nil
            file = OpenFile(path: "")
            file.log.listen(to: handle)
        }
        return (file, hasLeft && mayMove)
    }

    /// Looks whether it may stay where it has come to.
    private func arrive(in files: DatabaseFiles) throws -> Bool {
        try run("BEGIN")
        defer { if isInTransaction { try? run("COMMIT") } }
        let version = try schemaVersion()
        // Where the number is the same SQLite would take the schema it has read for this one's.
        if files.schema?.version != version {
            files.schema = try SchemaMark(version: version, of: self)
        }
        if schema == nil { schema = files.schema }
        guard schema == files.schema else { return false }
        // Should ever another database's page be taken for this one's, nobody is to see what is on it.
        guard try files.key == nil || files.key == key() else { throw StorageError.stranger }
        return true
    }

    /// Takes the schema of the files it is at, which has changed, for what it can go elsewhere with.
    func learnSchema(in files: DatabaseFiles) throws {
        schema = nil
        files.schema = nil
        _ = try arrive(in: files)
    }

    /// By what the journal knows the database; nil where it does not.
    func key() throws -> [UInt8]? { try ReadTransaction(connection: self).applied()?.file }

    /// Whether something was made that only this connection has, as triggers are that keep up with an index in the making;
    /// that is never all that changes of a schema.
    private func hasSchemaOfItsOwn() throws -> Bool {
        try ReadTransaction(connection: self).exists("SELECT 1 FROM sqlite_temp_schema")
    }

    func schemaVersion() throws -> Int64 {
        try ReadTransaction(connection: self).first("PRAGMA schema_version") { $0.integer(0) } ?? 0
    }
}
