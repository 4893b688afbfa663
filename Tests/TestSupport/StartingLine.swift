internal import Foundation
internal import Synchronization

/// Lets threads start together, again and again.
public final class StartingLine: Sendable {
    private let condition = NSCondition()
    private let count: Int
    private let state = Mutex((waiting: 0, round: 0))

    /// - Parameter count: How many threads start together; fewer than these wait for ever.
    public init(_ count: Int) {
        self.count = count
    }

    /// Returns when all threads have called this.
    public func wait() {
        condition.lock()
        defer { condition.unlock() }
        let round = state.withLock { state in
            state.waiting += 1
            return state.round
        }
        if state.withLock({ $0.waiting }) == count {
            state.withLock { $0 = (0, round + 1) }
            condition.broadcast()
        }
        while state.withLock({ $0.round }) == round { condition.wait() }
    }
}
