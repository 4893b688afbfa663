import CSQLite

/// A prepared statement whose values are bound one after the other, by address and without copies.
final class RawStatement {
    private let handle: OpaquePointer
    private let connection: RawConnection
    private var bound: Int32 = 0

    /// - Throws: ``BenchError/sqlite(code:message:)``.
    init(_ sql: RawSQL, on connection: RawConnection) throws(BenchError) {
        let text = sql.text
        var prepared: OpaquePointer?
        let code = text.utf8Start.withMemoryRebound(to: CChar.self, capacity: text.utf8CodeUnitCount) {
            sqlite3_prepare_v3(
                connection.handle, $0, Int32(text.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        }
        try connection.check(code)
        guard let prepared else { throw .sqlite(code: SQLITE_MISUSE, message: "the statement is empty") }
        handle = prepared
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Binds text whose bytes stay where they are until the statement has run.
    @discardableResult
    func text(_ text: NumberedText) -> RawStatement {
        bound += 1
        text.bytes.withMemoryRebound(to: CChar.self) {
            _ = sqlite3_bind_text(handle, bound, $0.baseAddress, Int32($0.count), nil)
        }
        return self
    }

    /// Binds bytes that stay where they are until the statement has run.
    @discardableResult
    func blob(_ text: NumberedText) -> RawStatement {
        bound += 1
        sqlite3_bind_blob(handle, bound, text.bytes.baseAddress, Int32(text.bytes.count), nil)
        return self
    }

    /// Binds bytes and runs to the end.
    ///
    /// - Throws: ``BenchError/sqlite(code:message:)``.
    func run(blob bytes: [UInt8]) throws {
        bound += 1
        try bytes.withUnsafeBytes { buffer in
            sqlite3_bind_blob(handle, bound, buffer.baseAddress, Int32(buffer.count), nil)
            try run()
        }
    }

    @discardableResult
    func integer(_ number: Int64) -> RawStatement {
        bound += 1
        sqlite3_bind_int64(handle, bound, number)
        return self
    }

    @discardableResult
    func null() -> RawStatement {
        bound += 1
        sqlite3_bind_null(handle, bound)
        return self
    }

    /// Runs to the end and calls `row` for each row.
    ///
    /// - Throws: ``BenchError/sqlite(code:message:)``.
    func run(_ row: (RawStatement) -> Void = { _ in }) throws(BenchError) {
        while try step() { row(self) }
        end()
    }

    /// Runs to the first row only and gives its first column; nil when there is none.
    ///
    /// - Throws: ``BenchError/sqlite(code:message:)``.
    func first() throws(BenchError) -> Int64? {
        defer { end() }
        return try step() ? column(0) : nil
    }

    func column(_ index: Int32) -> Int64 { sqlite3_column_int64(handle, index) }

    /// The text of a column, nil for NULL.
    func text(ofColumn index: Int32) -> String? {
        sqlite3_column_text(handle, index).map { String(cString: $0) }
    }

    /// The bytes of a column.
    func bytes(ofColumn index: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, index) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))))
    }

    private func step() throws(BenchError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            end()
            throw .sqlite(code: code, message: String(cString: sqlite3_errmsg(connection.handle)))
        }
    }

    private func end() {
        sqlite3_reset(handle)
        bound = 0
    }
}
