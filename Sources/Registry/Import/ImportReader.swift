public import Storage

/// Reads imports.
public struct ImportReader {
    private let transaction: ReadTransaction
    private let process: String

    /// `process` names the running program, which alone has imports that go on.
    public init(_ transaction: ReadTransaction, process: String) {
        self.transaction = transaction
        self.process = process
    }

    /// - Throws: ``ImportError/notFound``.
    public func batch(_ id: ImportID) throws -> ImportBatch {
        let found = try transaction.first(
            """
            SELECT id, state, process, mode, actor, began_at, ended_at, rows, created, changed, unchanged, skipped
            FROM import WHERE id = ?
            """, .integer(id.rawValue), element: batch)
        guard let found else { throw ImportError.notFound }
        return found
    }

    /// Imports before one of them, the newest first.
    public func batches(before id: ImportID, limit: Int) throws -> [ImportBatch] {
        try transaction.all(
            """
            SELECT id, state, process, mode, actor, began_at, ended_at, rows, created, changed, unchanged, skipped
            FROM import WHERE id < ? ORDER BY id DESC LIMIT ?
            """, .integer(id.rawValue), .integer(Int64(limit)), element: batch)
    }

    /// The newest import since one of them that changed customers whom that one made or changed; nil when none did, or
    /// all have been undone.
    public func later(than id: ImportID) throws -> ImportID? {
        let id = Value.integer(id.rawValue)
        return try transaction.first(
            """
            SELECT import_id FROM import_change later WHERE import_id > ? AND (
                EXISTS (SELECT 1 FROM import_change mine WHERE mine.import_id = ? AND mine.customer_id = later.customer_id)
                OR customer_id <= (
                    SELECT last_id FROM import_created WHERE import_id = ? AND first_id <= later.customer_id
                    ORDER BY first_id DESC LIMIT 1))
            ORDER BY import_id DESC LIMIT 1
            """, id, id, id
        ) { ImportID(rawValue: $0.integer(0)) }
    }

    private func batch(_ row: Row) -> ImportBatch {
        var counts = ImportCounts()
        counts.rows = Int(row.integer(7))
        counts.created = Int(row.integer(8))
        counts.changed = Int(row.integer(9))
        counts.unchanged = Int(row.integer(10))
        counts.skipped = Int(row.integer(11))
        let state = ImportBatch.State(rawValue: row.text(1)) ?? .interrupted
        // What another process was at when it ended goes on no more.
        let isLost = state == .running && row.text(2) != process
        return ImportBatch(
            id: ImportID(rawValue: row.integer(0)), state: isLost ? .interrupted : state,
            mode: ImportMode(rawValue: row.text(3)) ?? .skipBad, actor: row.text(4),
            beganAt: Instant(seconds: row.integer(5)),
            endedAt: row.integerOrNil(6).map(Instant.init(seconds:)), counts: counts)
    }
}
