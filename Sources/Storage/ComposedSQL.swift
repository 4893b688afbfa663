// SQL put together from names that were checked when the tables were made; values are bound as ever. For tables that
// the program does not know when it is compiled, and for nothing else.

extension ReadTransaction {
    /// Hands over each row until `body` says false.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    package func rows(composed sql: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        try connection.rows(text: sql, values, confinedTo: nil, isReading: true, body)
    }
}

extension WriteTransaction {
    /// Runs one statement.
    ///
    /// - Throws: ``StorageError``.
    package func execute(composed sql: String, _ values: [Value]) throws {
        try connection.rows(text: sql, values, confinedTo: nil, isReading: false) { _ in true }
    }
}
