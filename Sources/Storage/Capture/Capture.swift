internal import CSQLite
internal import Glibc

/// What a connection's transaction changes, taken down row by row in the order of execution, as a patchset that
/// `sqlite3changeset_apply` carries out again (https://sqlite.org/session.html).
///
/// SQLite tells it of each row before it changes, those of triggers and cascades included
/// (https://sqlite.org/c3ref/preupdate_blobwrite.html). What cannot be told makes the transaction incomplete.
final class Capture {
    /// More than this is not taken down: the file is synced instead.
    static let limit = 4 << 20

    private let connection: OpaquePointer
    private let shapes: CapturedShapes
    private let buffer = CaptureBuffer()
    /// By the address of the name that SQLite keeps, which may be used again for another table.
    private var tables: [UnsafePointer<CChar>: CapturedTable] = [:]
    /// The table of the header written last.
    private var current: CapturedTable?
    private var schema = 0
    private var isOn = false
    /// Whether the transaction did what is not taken down.
    private(set) var isIncomplete = false

    /// Listens for as long as the connection lives: statements compiled while nobody listens would empty a table
    /// without telling of its rows (https://sqlite.org/lang_delete.html#the_truncate_optimization).
    init(on connection: OpaquePointer, _ shapes: CapturedShapes) {
        self.connection = connection
        self.shapes = shapes
        sqlite3_preupdate_hook(
            connection,
            { context, _, operation, database, table, _, _ in
                guard let context, let database, let table else { return }
                Unmanaged<Capture>.fromOpaque(context).takeUnretainedValue().note(operation, database, table)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Begins a transaction.
    ///
    /// - Parameters:
    ///   - isOn: False to take nothing of it down.
    ///   - schema: Another number than before where the schema may have changed.
    func start(isOn: Bool, schema: Int) {
        if isIncomplete || schema != self.schema { tables = [:] }
        self.schema = schema
        empty()
        buffer.shrink()
        self.isOn = isOn
        isIncomplete = false
    }

    /// Where the next change will stand.
    var mark: Int { buffer.count }

    var isEmpty: Bool { buffer.count == 0 }

    var bytes: [UInt8] { buffer.bytes }

    /// Forgets what came after a mark, since SQLite has undone it.
    func cut(to mark: Int) {
        guard mark < buffer.count else { return }
        buffer.cut(to: mark)
        current = nil
    }

    /// The transaction does what the rows do not tell.
    func noteUntold() {
        isIncomplete = true
        empty()
    }

    private func empty() {
        buffer.cut(to: 0)
        current = nil
    }

    private func note(_ operation: Int32, _ database: UnsafePointer<CChar>, _ name: UnsafePointer<CChar>) {
        // A temporary table's rows are not kept.
        guard isOn, !isIncomplete, strcmp(database, "main") == 0 else { return }
        guard let table = table(name), Int(sqlite3_preupdate_count(connection)) == table.keys.count,
            note(operation, of: table), buffer.count <= Self.limit
        else { return noteUntold() }
    }

    private func table(_ name: UnsafePointer<CChar>) -> CapturedTable? {
        if let current, current.isNamed(name) { return current }
        if let known = tables[name], known.isNamed(name) { return known }
        let table = shapes.table(name, on: connection)
        tables[name] = table
        return table
    }

    /// - Returns: False for what cannot be told.
    private func note(_ operation: Int32, of table: CapturedTable) -> Bool {
        let start = buffer.count
        let before = current
        if current !== table {
            table.header.withUnsafeBytes { buffer.append($0.baseAddress, $0.count) }
            current = table
        }
        switch operation {
        case SQLITE_INSERT: return noteInsertion(table)
        case SQLITE_DELETE: return noteDeletion(table)
        case SQLITE_UPDATE:
            guard let hasMoved = hasOtherKey(table) else { return false }
            if hasMoved { return noteDeletion(table) && noteInsertion(table) }
            guard let isChanged = noteUpdate(table) else { return false }
            if !isChanged {
                buffer.cut(to: start)
                current = before
            }
            return true
        default: return false
        }
    }

    private func noteInsertion(_ table: CapturedTable) -> Bool {
        begin(SQLITE_INSERT)
        for column in table.keys.indices {
            guard let value = new(column), table.keys[column] == 0 || !isNull(value) else { return false }
            append(value)
        }
        return true
    }

    private func noteDeletion(_ table: CapturedTable) -> Bool {
        begin(SQLITE_DELETE)
        for column in table.keys.indices where table.keys[column] > 0 {
            guard let value = old(column), !isNull(value) else { return false }
            append(value)
        }
        return true
    }

    /// - Returns: Whether a value is another one than before; nil for what cannot be told.
    private func noteUpdate(_ table: CapturedTable) -> Bool? {
        begin(SQLITE_UPDATE)
        var isChanged = false
        for column in table.keys.indices {
            guard let value = new(column) else { return nil }
            if table.keys[column] > 0 {
                append(value)
                continue
            }
            guard let former = old(column) else { return nil }
            if isSame(former, value) {
                buffer.append(0)
            } else {
                append(value)
                isChanged = true
            }
        }
        return isChanged
    }

    /// Whether the row gets another key; nil for what cannot be told.
    private func hasOtherKey(_ table: CapturedTable) -> Bool? {
        for column in table.keys.indices where table.keys[column] > 0 {
            guard let former = old(column), let value = new(column), !isNull(former) else { return nil }
            if !isSame(former, value) { return true }
        }
        return false
    }

    private func begin(_ operation: Int32) {
        buffer.append(UInt8(operation))
        // Whether it was a trigger's doing does not matter here.
        buffer.append(0)
    }

    private func new(_ column: Int) -> OpaquePointer? {
        var value: OpaquePointer?
        return sqlite3_preupdate_new(connection, Int32(column), &value) == SQLITE_OK ? value : nil
    }

    private func old(_ column: Int) -> OpaquePointer? {
        var value: OpaquePointer?
        return sqlite3_preupdate_old(connection, Int32(column), &value) == SQLITE_OK ? value : nil
    }

    private func isNull(_ value: OpaquePointer) -> Bool { sqlite3_value_type(value) == SQLITE_NULL }

    /// Whether two values are the same to the byte.
    private func isSame(_ one: OpaquePointer, _ other: OpaquePointer) -> Bool {
        let type = sqlite3_value_type(one)
        guard type == sqlite3_value_type(other) else { return false }
        switch type {
        case SQLITE_INTEGER: return sqlite3_value_int64(one) == sqlite3_value_int64(other)
        case SQLITE_FLOAT: return sqlite3_value_double(one).bitPattern == sqlite3_value_double(other).bitPattern
        case SQLITE_NULL: return true
        default:
            let start = sqlite3_value_blob(one)
            let otherStart = sqlite3_value_blob(other)
            let count = sqlite3_value_bytes(one)
            guard count == sqlite3_value_bytes(other) else { return false }
            guard let start, let otherStart else { return count == 0 }
            return memcmp(start, otherStart, Int(count)) == 0
        }
    }

    private func append(_ value: OpaquePointer) {
        let type = sqlite3_value_type(value)
        buffer.append(UInt8(type))
        switch type {
        case SQLITE_INTEGER: buffer.append(bigEndian: UInt64(bitPattern: sqlite3_value_int64(value)))
        case SQLITE_FLOAT: buffer.append(bigEndian: sqlite3_value_double(value).bitPattern)
        case SQLITE_NULL: break
        default:
            let start = sqlite3_value_blob(value)
            let count = Int(sqlite3_value_bytes(value))
            buffer.append(varint: count)
            buffer.append(start, count)
        }
    }
}
