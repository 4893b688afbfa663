internal import Foundation
internal import Synchronization

/// How much of the processors somebody has used lately; half of it is forgotten every 50 ms.
final class RecentUse: Sendable {
    /// In nanoseconds.
    private static let halfLife = 50e6
    /// In processors.
    private static let much = 1.0 / 7

    private let state = Mutex((amount: 0.0, at: Int64(0)))
    private let uptime: @Sendable () -> Int64

    /// - Parameter uptime: The nanoseconds of a clock that nobody sets.
    init(uptime: @escaping @Sendable () -> Int64) {
        self.uptime = uptime
    }

    /// Whether it is so much that others go first.
    var isMuch: Bool { isMore(than: Self.much) }

    /// Whether it is more than somebody comes to who uses so many processors all the time.
    func isMore(than processors: Double) -> Bool { amount > processors * Self.halfLife / log(2) }

    /// In nanoseconds of a processor's time.
    private var amount: Double {
        let now = uptime()
        return state.withLock { Self.rest(of: $0, at: now) }
    }

    func add(_ nanoseconds: Int64) {
        let now = uptime()
        state.withLock { $0 = (Self.rest(of: $0, at: now) + Double(nanoseconds), now) }
    }

    /// Adds what the calling thread uses for this, to another one too; what it waits for does not count.
    func measure<Result>(also other: RecentUse? = nil, _ work: () throws -> Result) rethrows -> Result {
        let before = Self.threadTime
        defer {
            let used = Self.threadTime - before
            add(used)
            other?.add(used)
        }
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
