/// What came of a case.
public struct Verdict: Sendable, Equatable {
    /// What was to hold.
    public let title: String
    /// How many times it was tried.
    public let count: Int
    /// What was expected and what came, nil when it holds.
    public let failure: String?

    /// As one line.
    public var line: String {
        if let failure { return "FAILED \(title): \(failure)" }
        return count == 1 ? "ok     \(title)" : "ok     \(title) (\(count) times)"
    }
}
