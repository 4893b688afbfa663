internal import Storage

/// Entries of an index, put in its order in memory.
struct IndexEntries {
    private struct Entry {
        /// The first sixteen bytes of the key as numbers: the greater key has the greater ones, or the same.
        let first: UInt64
        let second: UInt64
        /// Where its values begin, and how many bytes they have.
        let place: UInt32
        let length: UInt32
    }

    /// How many numbers stand behind a key, the customer's id the last.
    private let numbers: Int
    private var values = PackedValues()
    private var entries: [Entry] = []

    init(of index: PostponedIndex) {
        numbers =
            switch index {
            case .names: 2
            case .phones: 1
            }
    }

    /// Adds an entry; those of names have a number.
    mutating func append(_ key: String, number: Int64?, id: Int64) {
        let place = values.end
        values.append(key)
        if let number { values.append(number) }
        values.append(id)
        let (first, second) = Self.prefix(of: key)
        entries.append(
            Entry(first: first, second: second, place: UInt32(place), length: UInt32(values.end - place)))
    }

    /// Calls `body` with pieces of so many entries, in order.
    mutating func forEachPiece(of size: Int, _ body: (IndexPiece) throws -> Void) rethrows {
        let (values, numbers) = (values, numbers)
        entries.sort { left, right in
            if left.first != right.first { return left.first < right.first }
            if left.second != right.second { return left.second < right.second }
            return Self.precedes(left.place, right.place, values, numbers)
        }
        for start in stride(from: 0, to: entries.count, by: size) {
            var piece = IndexPiece()
            for entry in entries[start..<min(start + size, entries.count)] {
                piece.entries.append(values, from: Int(entry.place), to: Int(entry.place + entry.length))
                piece.count += 1
            }
            try body(piece)
        }
    }

    /// Whether the values at a place come before those at another, as an index has them: texts by their bytes.
    private static func precedes(_ left: UInt32, _ right: UInt32, _ values: PackedValues, _ numbers: Int) -> Bool {
        func parts(_ place: UInt32) -> (key: String, numbers: [Int64]) {
            values.read(from: Int(place)) { reader in
                (reader.text() ?? "", (0..<numbers).map { _ in reader.integer() ?? 0 })
            }
        }
        let (mine, other) = (parts(left), parts(right))
        if mine.key.utf8.elementsEqual(other.key.utf8) { return mine.numbers.lexicographicallyPrecedes(other.numbers) }
        return mine.key.utf8.lexicographicallyPrecedes(other.key.utf8)
    }

    private static func prefix(of key: String) -> (UInt64, UInt64) {
        var prefix: (UInt64, UInt64) = (0, 0)
        for (index, byte) in key.utf8.prefix(16).enumerated() {
            let shift = UInt64(56 - 8 * (index % 8))
            if index < 8 { prefix.0 |= UInt64(byte) << shift } else { prefix.1 |= UInt64(byte) << shift }
        }
        return prefix
    }
}
