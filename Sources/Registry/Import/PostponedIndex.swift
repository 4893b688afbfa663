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
}
