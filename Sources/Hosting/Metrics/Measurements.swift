/// What was asked and written up to a moment.
public struct Measurements: Sendable, Equatable {
    /// How a request ended.
    public enum Outcome: Sendable {
        case answered
        /// Refused for the caller's sake: codes 400 to 499.
        case refused
        /// Refused for the server's sake: codes 500 to 599.
        case failed
    }

    public internal(set) var answered: Int64 = 0
    public internal(set) var refused: Int64 = 0
    public internal(set) var failed: Int64 = 0
    /// From a request's line to its answer, in nanoseconds.
    public internal(set) var requestTimes = Histogram(Histogram.times)
    /// From a transaction's begin until it is durable, with all changes that shared it, in nanoseconds.
    public internal(set) var commitTimes = Histogram(Histogram.times)
    /// How many changes shared a commit.
    public internal(set) var commitSizes = Histogram(Histogram.sizes)
    /// When the last request ended, on the clock that nobody sets; nil before the first.
    public internal(set) var lastRequestAt: Int64?

    mutating func add(_ other: Measurements) {
        answered += other.answered
        refused += other.refused
        failed += other.failed
        requestTimes.add(other.requestTimes)
        commitTimes.add(other.commitTimes)
        commitSizes.add(other.commitSizes)
        lastRequestAt = [lastRequestAt, other.lastRequestAt].compactMap(\.self).max()
    }
}
