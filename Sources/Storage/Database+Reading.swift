/// Reading, which waits for no writer.
extension Database {
    /// Runs `body` on a snapshot that sees every change of before.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    public func read<Result: Sendable>(_ body: @Sendable (ReadTransaction) throws -> Result) throws -> Result {
        if path == ":memory:" { return try readAsWriter(body) }
        if isUnfinished {
            unfinished.hurry()
            try finish()
        }
        return try explaining {
            guard !unfinished.isAbandoned else { throw StorageError.closed }
            let reader = try reader()
            defer { readers.give(reader, of: owner) }
            return try reader.use { try Self.read(on: $0, body) }
        }
    }

    /// Runs `body` on a snapshot that the one connection reads that writes: whoever opens a database looks around in it
    /// without opening another connection, which would read the whole schema again.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    public func readAsWriter<Result: Sendable>(
        _ body: @Sendable (ReadTransaction) throws -> Result
    ) throws -> Result {
        try explaining {
            try withWriter {
                try $0.finish()
                return try Self.read(on: $0, body)
            }
        }
    }

    /// Looks at a file as it is, whatever its schema, and closes it again.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    public static func look<Result>(at path: String, _ body: (ReadTransaction) throws -> Result) throws -> Result {
        // Not read only: the log of a file that was just copied has to be made.
        try read(on: Connection(path: path, mode: .existing), body)
    }

    /// A connection that reads: an idle one, one that has come from elsewhere, or a new one.
    ///
    /// - Throws: ``StorageError``.
    private func reader() throws -> Seat {
        if let idle = readers.take(owner) { return idle }
        // What cannot be opened for writing is read by a connection of its own.
        guard let source, let files = try DatabaseFiles(path: path) else {
            return Seat(try Connection(path: path, mode: .readOnly))
        }
        files.expect(source.files)
        if let spare = try readers.takeOther(for: files.schemaVersion),
            (try? spare.use({ try $0.go(to: files, of: OpenFile(path: path)) })) == true
        {
            return spare
        }
        return Seat(try Connection(at: files, of: OpenFile(path: path), mode: .readOnly, capturing: nil))
    }

    private static func read<Result>(
        on connection: Connection, _ body: (ReadTransaction) throws -> Result
    ) throws -> Result {
        try connection.run("BEGIN")
        let result = Swift.Result { try body(ReadTransaction(connection: connection)) }
        // SQLite may have ended the transaction by itself; why, the result says.
        if connection.isInTransaction { try connection.run("COMMIT") }
        return try result.get()
    }
}
