/// What a transaction of a captured database has become.
public enum Commit: Sendable, Equatable {
    /// It changed nothing.
    case unchanged
    /// It survives loss of power, and the program's end where it was left open, once its changes are in the journal.
    ///
    /// They have the number `seq`, one above that of the commit before, and can be made again by ``Replay``.
    case captured(seq: Int64, changes: [UInt8])
    /// It survives loss of power, with all that came before.
    case synced(seq: Int64, isScrubbed: Bool)
    /// It survives the program's end, and loss of power once ``Database/sync(_:)`` has synced the log: it came behind what
    /// no journal has. `mark` tells how far.
    case unsynced(seq: Int64, mark: Int)
    /// A step of something big, which survives loss of power with the next commit that is none.
    case postponed

    /// The number it has, nil where it has none.
    public var seq: Int64? {
        switch self {
        case .unchanged, .postponed: nil
        case .captured(let seq, _), .synced(let seq, _), .unsynced(let seq, _): seq
        }
    }
}
