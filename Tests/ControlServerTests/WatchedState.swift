import Foundation
import Synchronization

/// What several threads share, and wait for changes of.
final class WatchedState<State: Sendable>: Sendable {
    private let state: Mutex<State>
    private let changed = NSCondition()

    init(_ state: State) {
        self.state = Mutex(state)
    }

    func look<Result: Sendable>(_ body: (State) -> Result) -> Result { state.withLock { body($0) } }

    /// Keeps the calling thread until the state is so.
    func wait(until isSo: (State) -> Bool) {
        changed.lock()
        while !look(isSo) { changed.wait() }
        changed.unlock()
    }

    func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        changed.lock()
        defer { changed.unlock() }
        let result = state.withLock { body(&$0) }
        changed.broadcast()
        return result
    }
}
