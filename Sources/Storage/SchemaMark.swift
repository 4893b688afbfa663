internal import CSQLite

/// What a connection knows of a schema, which must be the same wherever it goes.
struct SchemaMark: Equatable, Sendable {
    /// SQLite's number of the schema, another one after each change.
    ///
    /// https://sqlite.org/pragma.html#pragma_schema_version
    let version: Int64
    /// Of all that SQLite reads of it, such as where its tables begin.
    let digest: Int
    /// The number of a file that is laid out; made of the same, and the same each time the program runs.
    let stamp: Int64

    /// Whether nothing has changed since the file was laid out.
    var isLaidOut: Bool { version == stamp }

    /// Reads the whole schema.
    init(version: Int64, of connection: Connection) throws {
        var hasher = Hasher()
        // FNV-1a of 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/#FNV-1a
        var sum: UInt32 = 0x811c_9dc5
        try connection.rows("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema", []) { row in
            for column in 0..<row.count {
                let text = row.rawText(column)
                hasher.combine(text.count)
                hasher.combine(bytes: text)
                for byte in text { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
                sum = (sum ^ 0xff) &* 0x0100_0193
            }
            return true
        }
        self.version = version
        digest = hasher.finalize()
        // Positive, as SQLite counts.
        stamp = Int64(sum >> 2) + 1
    }
}

extension Row {
    /// A column as text, until the next step.
    fileprivate func rawText(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_text(statement.handle, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement.handle, column)))
    }
}
