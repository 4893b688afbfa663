/// Commits that are in a connection's open transaction, or were until SQLite undid it, with their changes.
struct UnfinishedCommits {
    private(set) var changes: [(seq: Int64, bytes: [UInt8])] = []
    /// Tells others whether there are any.
    let watch = Unfinished()
    private var size = 0
    private var began: ContinuousClock.Instant?

    /// Bytes of changes that one transaction takes at most.
    private static let sizeLimit = 128 << 10
    /// How long one takes them.
    private static let timeLimit = Duration.seconds(1)

    var isEmpty: Bool { changes.isEmpty }

    /// Whether there is room, and time, for another with so many bytes of changes.
    func mayTake(_ length: Int) -> Bool {
        guard size + length <= Self.sizeLimit else { return false }
        guard let began else { return true }
        return ContinuousClock.now - began < Self.timeLimit
    }

    mutating func add(_ seq: Int64, _ bytes: [UInt8]) {
        if changes.isEmpty { began = .now }
        changes.append((seq, bytes))
        size += bytes.count
        watch.note(true)
    }

    /// They are committed, or given up.
    mutating func removeAll() {
        guard !isEmpty else { return }
        (changes, size, began) = ([], 0, nil)
        watch.note(false)
    }
}
