internal import Storage

/// An index of customers that a big import does without until its end.
public enum PostponedIndex: CaseIterable, Sendable {
    case names
    case phones
}

/// Entries of an index in its order, to be entered together.
public struct IndexPiece: Sendable {
    /// The columns of each and the customer's id.
    var entries = PackedValues()
    public internal(set) var count = 0

    /// Adds an entry; those of names have a number.
    mutating func append(_ key: String, number: Int64?, id: Int64) {
        entries.append(key)
        if let number { entries.append(number) }
        entries.append(id)
        count += 1
    }
}
