/// A number in the file's header by which a program knows again what it has brought up to date, without reading the schema.
extension ReadTransaction {
    /// The number, 0 where none was set.
    ///
    /// - Throws: ``StorageError``.
    public func schemaStamp() throws -> Int32 {
        Int32(truncatingIfNeeded: try first("PRAGMA user_version") { $0.integer(0) } ?? 0)
    }
}

extension WriteTransaction {
    /// Sets the number; https://sqlite.org/pragma.html#pragma_user_version takes no bound value.
    ///
    /// - Throws: ``StorageError``.
    public func setSchemaStamp(_ stamp: Int32) throws {
        try execute(composed: "PRAGMA user_version = \(stamp)", [])
    }
}
