public import Storage

/// Reads the notes of staff.
public struct NoteReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// A customer's notes with an id below `id`, newest first.
    public func notes(of customer: CustomerID, before id: Int64, limit: Int) throws -> [Note] {
        try transaction.all(
            """
            SELECT id, author, at, text FROM note WHERE customer_id = ? AND id < ? ORDER BY id DESC LIMIT ?
            """,
            .integer(customer.rawValue), .integer(id), .integer(Int64(limit))
        ) { row in
            Note(
                id: row.integer(0), customer: customer, author: row.text(1), at: Instant(seconds: row.integer(2)),
                text: row.text(3))
        }
    }
}
