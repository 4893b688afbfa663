internal import Synchronization

/// How fast something may go on, and how much of it at once: a token bucket without a lock.
///
/// It keeps the time at which the bucket will be full again (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm).
final class Pace: Sendable {
    /// Nanoseconds to win one token; 0 for no limit.
    private let interval = Atomic<Int64>(0)
    /// Nanoseconds to fill an empty bucket.
    private let depth = Atomic<Int64>(0)
    private let fullAt = Atomic<Int64>(.min)

    /// - Parameters:
    ///   - perSecond: Tokens won in a second, at most a milliard; nil for no limit.
    ///   - burst: Tokens in a full bucket, at most a milliard.
    func set(perSecond: Int64?, burst: Int64) {
        let interval = perSecond.map { max(1, 1_000_000_000 / max($0, 1)) } ?? 0
        self.interval.store(interval, ordering: .relaxed)
        depth.store(interval * max(burst, 1), ordering: .relaxed)
    }

    /// Takes tokens at a time in nanoseconds; more than the bucket holds may be taken when it is full.
    ///
    /// - Returns: Nil when they are taken, else the nanoseconds until they can be.
    func take(_ count: Int64, at now: Int64) -> Int64? {
        let interval = interval.load(ordering: .relaxed)
        guard interval > 0 else { return nil }
        let depth = depth.load(ordering: .relaxed)
        let cost = interval * count
        var known = fullAt.load(ordering: .relaxed)
        while true {
            let start = max(known, now)
            let missing = start - now + min(cost, depth) - depth
            guard missing <= 0 else { return missing }
            let (isTaken, found) = fullAt.compareExchange(expected: known, desired: start + cost, ordering: .relaxed)
            if isTaken { return nil }
            known = found
        }
    }
}
