import Foundation
import Synchronization

/// What jobs answered, in the order of their answers.
final class Answers: Sendable {
    private let group = DispatchGroup()
    private let texts = Mutex<[String]>([])

    /// Announces an answer.
    func expect() {
        group.enter()
    }

    func add(_ text: String) {
        texts.withLock { $0.append(text) }
        group.leave()
    }

    /// All answers, as soon as every announced one is there.
    func all() -> [String] {
        group.wait()
        return texts.withLock { $0 }
    }
}
