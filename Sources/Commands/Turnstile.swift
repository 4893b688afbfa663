internal import Foundation
internal import Synchronization

/// Lets a few threads through at a time; the others wait.
final class Turnstile: Sendable {
    private let condition = NSCondition()
    private let free: Mutex<Int>

    init(places: Int) {
        free = Mutex(places)
    }

    func pass<Result>(_ body: () throws -> Result) rethrows -> Result {
        condition.lock()
        while !takePlace() { condition.wait() }
        condition.unlock()
        defer {
            condition.lock()
            free.withLock { $0 += 1 }
            condition.signal()
            condition.unlock()
        }
        return try body()
    }

    private func takePlace() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }
}
