internal import Foundation
internal import Synchronization

/// How much of the processors somebody has used lately; half of it is forgotten every 50 ms.
final class RecentUse: Sendable {
    private static let halfLife = 50e6
    /// In nanoseconds: what somebody comes to who uses a seventh of a processor all the time.
    private static let much = 10e6

    private let state = Mutex((amount: 0.0, at: Int64(0)))
    private let uptime: @Sendable () -> Int64

    /// - Parameter uptime: The nanoseconds of a clock that nobody sets.
    init(uptime: @escaping @Sendable () -> Int64) {
        self.uptime = uptime
    }

    /// Whether it is so much that others go first.
    var isMuch: Bool { amount > Self.much }

    /// In nanoseconds of a processor's time.
    private var amount: Double {
        let now = uptime()
        return state.withLock { Self.rest(of: $0, at: now) }
    }

    func add(_ nanoseconds: Int64) {
        let now = uptime()
        state.withLock { $0 = (Self.rest(of: $0, at: now) + Double(nanoseconds), now) }
    }

    /// Adds what the calling thread uses for this; what it waits for does not count.
    func measure<Result>(_ work: () throws -> Result) rethrows -> Result {
        let before = Self.threadTime
        defer { add(Self.threadTime - before) }
        return try work()
    }

    private static func rest(of state: (amount: Double, at: Int64), at now: Int64) -> Double {
        state.amount * exp2(-Double(max(0, now - state.at)) / halfLife)
    }

    private static var threadTime: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
