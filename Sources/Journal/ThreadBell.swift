internal import Foundation
internal import Synchronization

/// Wakes a thread that has something to do now and then.
final class ThreadBell: Sendable {
    private let condition = NSCondition()
    private let state = Mutex((isRung: false, isStopped: false))

    func ring() {
        condition.lock()
        state.withLock { $0.isRung = true }
        condition.signal()
        condition.unlock()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        ring()
    }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Waits until somebody has rung since this was last asked, or so many seconds are over; nil for no such limit.
    ///
    /// - Returns: False when the thread is to end.
    func wait(atMost seconds: Double?) -> Bool {
        let end = seconds.map { Date(timeIntervalSinceNow: $0) }
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (isRung, isStopped) = state.withLock { state in
                defer { state.isRung = false }
                return state
            }
            if isStopped { return false }
            if isRung { return true }
            if let end {
                guard condition.wait(until: end) else { return !self.isStopped }
            } else {
                condition.wait()
            }
        }
    }
}
