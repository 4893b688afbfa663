/// One import, as it is kept.
public struct ImportBatch: Sendable, Equatable {
    /// How far an import is.
    public enum State: String, Sendable, CaseIterable {
        case running
        case done
        /// It ended early: what it had entered until then is there, and can be undone or completed by importing again.
        case interrupted
        case undone
    }

    public let id: ImportID
    public let state: State
    public let mode: ImportMode
    /// Such as "staff:lena".
    public let actor: String
    public let beganAt: Instant
    public let endedAt: Instant?
    public let counts: ImportCounts
}

/// What becomes of an import with rows that cannot be taken.
public enum ImportMode: String, Sendable, CaseIterable {
    /// They are left out and reported.
    case skipBad = "skip-bad"
    /// Nothing is taken.
    case allOrNothing = "all-or-nothing"
}

/// What became of the rows of an import.
public struct ImportCounts: Sendable, Equatable {
    public var rows = 0
    public var created = 0
    public var changed = 0
    public var unchanged = 0
    public var skipped = 0

    public init() {}

    public static func + (left: ImportCounts, right: ImportCounts) -> ImportCounts {
        var sum = left
        sum.rows += right.rows
        sum.created += right.created
        sum.changed += right.changed
        sum.unchanged += right.unchanged
        sum.skipped += right.skipped
        return sum
    }
}
