import Foundation
import Synchronization

/// A timer that goes off only when it is told to, and a clock that moves only when it is moved.
final class Alarm: Sendable {
    private let condition = NSCondition()
    private let waits = Mutex<[Int64]>([])
    private let seconds = Mutex<Int64>(1_790_000_000)

    /// Unix time.
    var now: Int64 { seconds.withLock { $0 } }

    func advance(_ seconds: Int64) {
        self.seconds.withLock { $0 += seconds }
    }

    /// Notes that somebody wants to be called after so many seconds.
    func set(_ seconds: Int64) {
        condition.lock()
        waits.withLock { $0.append(seconds) }
        condition.broadcast()
        condition.unlock()
    }

    /// After how many seconds somebody wanted to be called, as soon as somebody did; oldest first.
    func next() -> Int64 {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let first = waits.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return first }
            condition.wait()
        }
    }
}
