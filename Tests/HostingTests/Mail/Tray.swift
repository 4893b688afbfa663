import Foundation
import Hosting
import Registry
import Synchronization

/// A mail system that keeps what it is given, and answers as it is told.
final class Tray: MailTransport {
    private struct State {
        var messages: [String] = []
        var returnPaths: [String] = []
        /// What it answers, in order; everything is taken once there is nothing more.
        var outcomes: [MailDelivery] = []
    }

    private let condition = NSCondition()
    private let state: Mutex<State>

    init(_ outcomes: MailDelivery...) {
        state = Mutex(State(outcomes: outcomes))
    }

    func hurry() {}

    func send(_ message: [UInt8], returnPath: String?) -> MailDelivery {
        condition.lock()
        defer { condition.unlock() }
        condition.broadcast()
        return state.withLock { state in
            state.messages.append(String(decoding: message, as: UTF8.self))
            state.returnPaths.append(returnPath ?? "")
            return state.outcomes.isEmpty ? .sent : state.outcomes.removeFirst()
        }
    }

    /// Everything it was given so far.
    var messages: [String] { state.withLock { $0.messages } }

    var returnPaths: [String] { state.withLock { $0.returnPaths } }

    /// Everything it was given, as soon as that is so many.
    func messages(atLeast count: Int) -> [String] {
        condition.lock()
        defer { condition.unlock() }
        while messages.count < count { condition.wait() }
        return messages
    }
}
