internal import Registry
internal import Synchronization

/// Calls back at the earliest of the times it is set to.
///
/// It may go off too early or too often, never too late by more than the schedule is.
final class Alarm: Sendable {
    /// Calls back once after so many seconds, at least.
    typealias Schedule = @Sendable (_ seconds: Int64, _ call: @escaping @Sendable () -> Void) -> Void

    /// The longest it sleeps, in seconds: a clock that was put forward meanwhile is noticed then.
    private static let longest: Int64 = 3_600

    private let now: @Sendable () -> Instant
    private let schedule: Schedule
    private let time = Mutex<Instant?>(nil)

    init(now: @escaping @Sendable () -> Instant, schedule: @escaping Schedule) {
        self.now = now
        self.schedule = schedule
    }

    /// Calls back at a time, in a second at the earliest, unless it is set to an earlier one already.
    func set(_ time: Instant, _ call: @escaping @Sendable () -> Void) {
        let isEarlier = self.time.withLock { set in
            if let set, set <= time { return false }
            set = time
            return true
        }
        guard isEarlier else { return }
        schedule(min(max(time.seconds - now().seconds, 1), Self.longest), call)
    }

    /// Forgets what it was set to; whoever is called back does this before looking what is due.
    func reset() {
        time.withLock { $0 = nil }
    }
}
