public import Storage

extension IndexRebuilding {
    /// Entries in a piece, some 10 ms.
    private static let piece = 8_192
    /// So many entries are sorted in memory; they take some 30 MB.
    private static let inMemory = 300_000

    /// Calls `body` with all entries in pieces, in the order of the index; the transaction began after ``begin()``'s.
    public static func forEachPiece(
        of index: PostponedIndex, _ transaction: ReadTransaction, _ body: (IndexPiece) throws -> Void
    ) throws {
        let highestID = try transaction.first("SELECT value FROM sequence WHERE name = 'customer'") { $0.integer(0) }
        guard highestID ?? 0 <= inMemory else { return try forEachPieceSorted(of: index, transaction, body) }
        var entries = IndexEntries(of: index)
        switch index {
        case .names:
            try transaction.forEach("SELECT name_key, number, id FROM customer") {
                entries.append($0.text(0), number: $0.integer(1), id: $0.integer(2))
            }
        case .phones:
            try transaction.forEach("SELECT phone_key, id FROM customer WHERE phone_key IS NOT NULL") {
                entries.append($0.text(0), number: nil, id: $0.integer(1))
            }
        }
        try entries.forEachPiece(of: piece, body)
    }

    /// The same by SQLite's own sorter, which takes several times as long, and next to no memory.
    private static func forEachPieceSorted(
        of index: PostponedIndex, _ transaction: ReadTransaction, _ body: (IndexPiece) throws -> Void
    ) throws {
        var next = IndexPiece()
        func add(_ key: String, number: Int64?, _ id: Int64) throws {
            next.append(key, number: number, id: id)
            guard next.count == piece else { return }
            try body(next)
            next = IndexPiece()
        }
        switch index {
        case .names:
            try transaction.forEach("SELECT name_key, number, id FROM customer ORDER BY name_key, number, id") {
                try add($0.text(0), number: $0.integer(1), $0.integer(2))
            }
        case .phones:
            try transaction.forEach(
                "SELECT phone_key, id FROM customer WHERE phone_key IS NOT NULL ORDER BY phone_key, id"
            ) { try add($0.text(0), number: nil, $0.integer(1)) }
        }
        if next.count > 0 { try body(next) }
    }
}
