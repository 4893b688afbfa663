internal import CSQLite
internal import Glibc

/// The shape of a table as a patchset names it.
///
/// https://sqlite.org/session.html#changesets_and_patchsets
final class CapturedTable: Sendable {
    /// Ends with a zero.
    let name: [CChar]
    /// For each column its place in the primary key, counted from 1; 0 for the others.
    let keys: [UInt8]
    /// What stands before the table's changes: 'P', the columns, the name.
    ///
    /// `sqlite3changeset_apply` passes over tables with a key of several columns in silence where the header does not
    /// tell the columns' places.
    let header: [UInt8]

    /// Nil for a table whose changes cannot be told: there is none of this name, it has no primary key, or a column is
    /// computed.
    init?(_ name: UnsafePointer<CChar>, on connection: OpaquePointer) {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard
            sqlite3_prepare_v2(
                connection, "SELECT pk, hidden FROM pragma_table_xinfo(?)", -1, &statement, nil) == SQLITE_OK,
            sqlite3_bind_text(statement, 1, name, -1, nil) == SQLITE_OK
        else { return nil }
        var keys: [UInt8] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            guard sqlite3_column_int(statement, 1) == 0 else { return nil }
            keys.append(UInt8(clamping: sqlite3_column_int(statement, 0)))
        }
        guard keys.contains(where: { $0 > 0 }) else { return nil }
        let buffer = CaptureBuffer()
        buffer.append(UInt8(ascii: "P"))
        buffer.append(varint: keys.count)
        for key in keys { buffer.append(key) }
        let length = strlen(name) + 1
        buffer.append(name, length)
        self.name = Array(UnsafeBufferPointer(start: name, count: length))
        self.keys = keys
        header = buffer.bytes
    }

    @inline(__always)
    func isNamed(_ other: UnsafePointer<CChar>) -> Bool {
        name.withUnsafeBufferPointer { own in own.baseAddress.map { strcmp($0, other) == 0 } ?? false }
    }
}
