internal import Synchronization

/// Whether changes of a database are in a transaction that is left open, for whoever has not its writer.
final class Unfinished: Sendable {
    private let flag = Atomic(false)
    private let abandoned = Atomic(false)
    private let prompt = Atomic(0)

    /// So many commits are finished at once after somebody had to wait until one was: others may come who read.
    private static let promptCommits = 64

    var isThere: Bool { flag.load(ordering: .acquiring) }

    func note(_ isThere: Bool) {
        flag.store(isThere, ordering: .releasing)
    }

    /// Whether changes were undone that only the journal has now: nobody may build upon a file without them.
    var isAbandoned: Bool { abandoned.load(ordering: .acquiring) }

    func abandon() {
        abandoned.store(true, ordering: .releasing)
    }

    /// Somebody waits who wants to see the changes.
    func hurry() {
        prompt.store(Self.promptCommits, ordering: .relaxed)
    }

    /// Whether the next commit may be left open; counts it.
    func mayAdd() -> Bool {
        guard prompt.load(ordering: .relaxed) > 0 else { return true }
        prompt.subtract(1, ordering: .relaxed)
        return false
    }
}
