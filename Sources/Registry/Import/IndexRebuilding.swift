public import Storage

/// Makes an index again beside the work that goes on: its entries are sorted where nobody waits, and entered in pieces.
///
/// They go into a table whose rows are stored exactly as the index's entries are, and which becomes the index at the end:
/// only its entry in the schema changes. <https://sqlite.org/imposter.html> tells of the likeness,
/// <https://sqlite.org/fileformat2.html#representation_of_sql_indices> of the form. Triggers keep up with whoever changes
/// meanwhile; they go with the connection, and what is left of an interrupted making goes with ``PostponedIndexes``.
public struct IndexRebuilding {
    let transaction: WriteTransaction
    let index: PostponedIndex

    public init(_ index: PostponedIndex, _ transaction: WriteTransaction) {
        self.index = index
        self.transaction = transaction
    }

    /// Begins, where the index is missing and no other import makes it.
    ///
    /// - Returns: Whether it is to be made.
    public func begin() throws -> Bool {
        guard try !PostponedIndexes(transaction).has(index), try !isUnderway() else { return false }
        try makeTable()
        return true
    }

    /// Enters a piece, but for whoever has changed since; nothing once somebody has made the index at once.
    ///
    /// Who came between the beginning and the sorting stands there already.
    public func enter(_ piece: IndexPiece) throws {
        guard try isUnderway() else { return }
        let moved = try moved()
        try piece.entries.read(from: 0) { reader in
            guard moved.isEmpty else { return try enter(&reader, piece.count, without: moved) }
            // Sixteen at a time: starting a statement costs as much as an entry.
            for _ in 0..<piece.count / 16 { try enterSixteen(&reader) }
            for _ in 0..<piece.count % 16 { try enterOne(&reader) }
        }
    }

    func isUnderway() throws -> Bool {
        let name =
            switch index {
            case .names: "name_entry"
            case .phones: "phone_entry"
            }
        return try transaction.reading.exists("SELECT 1 FROM sqlite_schema WHERE name = ?", .text(name))
    }

    private func moved() throws -> Set<Int64> {
        switch index {
        case .names: Set(try transaction.reading.all("SELECT id FROM name_moved") { $0.integer(0) })
        case .phones: Set(try transaction.reading.all("SELECT id FROM phone_moved") { $0.integer(0) })
        }
    }

    private func enter(_ reader: inout PackedValues.Reader, _ count: Int, without moved: Set<Int64>) throws {
        for _ in 0..<count {
            let key = reader.text() ?? ""
            let number = index == .names ? reader.integer() ?? 0 : 0
            let id = reader.integer() ?? 0
            guard !moved.contains(id) else { continue }
            switch index {
            case .names:
                try transaction.execute(
                    "INSERT OR IGNORE INTO name_entry (name_key, number, id) VALUES (?, ?, ?)", .text(key),
                    .integer(number),
                    .integer(id))
            case .phones:
                try transaction.execute(
                    "INSERT OR IGNORE INTO phone_entry (phone_key, id) VALUES (?, ?)", .text(key), .integer(id))
            }
        }
    }

    private func enterSixteen(_ reader: inout PackedValues.Reader) throws {
        switch index {
        case .names:
            try transaction.execute(
                """
                INSERT OR IGNORE INTO name_entry (name_key, number, id) VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?),
                    (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?),
                    (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)
                """, next: &reader)
        case .phones:
            try transaction.execute(
                """
                INSERT OR IGNORE INTO phone_entry (phone_key, id) VALUES (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?),
                    (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?)
                """, next: &reader)
        }
    }

    private func enterOne(_ reader: inout PackedValues.Reader) throws {
        switch index {
        case .names:
            try transaction.execute(
                "INSERT OR IGNORE INTO name_entry (name_key, number, id) VALUES (?, ?, ?)", next: &reader)
        case .phones:
            try transaction.execute("INSERT OR IGNORE INTO phone_entry (phone_key, id) VALUES (?, ?)", next: &reader)
        }
    }
}
