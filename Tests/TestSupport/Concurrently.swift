internal import Foundation
internal import Synchronization

/// Runs a body on many threads at a time and waits for all of them.
///
/// - Parameters:
///   - count: How many threads.
///   - body: Gets the number of its thread, counted from 0; may block.
/// - Returns: What the bodies returned, by number.
/// - Throws: The first error of a body, after all have ended.
public func concurrently<T: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) throws -> T) throws -> [T] {
    let group = DispatchGroup()
    let box = ResultBox<T>()
    for number in 0..<count {
        group.enter()
        let thread = Thread {
            let result = Result { try body(number) }
            box.results.withLock { $0[number] = result }
            group.leave()
        }
        thread.stackSize = 512 << 10
        thread.start()
    }
    group.wait()
    return try box.results.withLock { $0 }.sorted { $0.key < $1.key }.map { try $0.value.get() }
}

/// What threads share.
private final class ResultBox<T: Sendable>: Sendable {
    let results = Mutex<[Int: Result<T, any Error>]>([:])
}
