internal import CSQLite

/// The row a query stands on; valid only inside the closure that receives it.
public struct Row {
    let statement: Statement

    /// A whole number, 0 for NULL.
    ///
    /// Columns are counted from 0.
    public func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(statement.handle, column)
    }

    /// A whole number, nil for NULL.
    public func integerOrNil(_ column: Int32) -> Int64? {
        isNull(column) ? nil : integer(column)
    }

    /// True unless the column is 0 or NULL.
    public func flag(_ column: Int32) -> Bool {
        integer(column) != 0
    }

    /// Text, empty for NULL.
    public func text(_ column: Int32) -> String {
        textOrNil(column) ?? ""
    }

    /// Text, nil for NULL.
    public func textOrNil(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(statement.handle, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement.handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Bytes of text or of a blob, none for NULL.
    public func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement.handle, column) else { return [] }
        let count = Int(sqlite3_column_bytes(statement.handle, column))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Whether the column is NULL.
    public func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(statement.handle, column) == SQLITE_NULL
    }

    /// How many columns the row has.
    public var count: Int32 { sqlite3_column_count(statement.handle) }

    /// A column's name.
    public func name(_ column: Int32) -> String {
        sqlite3_column_name(statement.handle, column).map { String(cString: $0) } ?? ""
    }

    /// A column as what it holds.
    public func value(_ column: Int32) -> Value {
        switch sqlite3_column_type(statement.handle, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(bytes(column))
        case SQLITE_FLOAT: .text(String(sqlite3_column_double(statement.handle, column)))
        default: .null
        }
    }
}
