/// A change of the tables of one prefix; whatever else its SQL names is refused.
public struct ConfinedWriting {
    let connection: Connection
    let prefix: TablePrefix

    /// Runs one statement and returns how many rows it changed.
    ///
    /// - Throws: ``StorageError``.
    public func change(_ sql: StaticString, _ values: [Value]) throws -> Int {
        try connection.rows(sql, values, confinedTo: prefix) { _ in true }
        return connection.changes
    }

    /// Runs an INSERT and returns the new row's id.
    ///
    /// - Throws: ``StorageError``.
    public func insert(_ sql: StaticString, _ values: [Value]) throws -> Int64 {
        try connection.rows(sql, values, confinedTo: prefix) { _ in true }
        return connection.lastInsertedID
    }

    /// Runs a statement that came from outside and returns how many rows it changed.
    ///
    /// - Throws: ``StorageError``; ``StorageError/isMisuse`` where it is not one statement, or the values do not fit it.
    public func change(text sql: String, _ values: [Value]) throws -> Int {
        try connection.rows(text: sql, values, confinedTo: prefix, isReading: false) { _ in true }
        return connection.changes
    }

    /// Runs statements that make or change tables of the prefix, and indexes on them.
    ///
    /// - Throws: ``StorageError``.
    public func migrate(_ sql: String) throws {
        try connection.script(text: sql, confinedTo: prefix)
    }
}

extension WriteTransaction {
    /// The same transaction, for SQL that may change the tables of a prefix only.
    public func confined(to prefix: TablePrefix) -> ConfinedWriting {
        ConfinedWriting(connection: connection, prefix: prefix)
    }
}
