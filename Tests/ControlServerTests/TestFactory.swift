import Foundation
import Synchronization
import Wire

/// Makes test conversations and keeps what they have seen.
final class TestFactory: ConversationFactory {
    private struct State {
        var peers: [Peer] = []
        var lines: [String] = []
        var held: [(text: String, outlet: any Outlet)] = []
        var closed = 0
        var isStopped = false
    }

    let lineLimit: Int
    private let state = Mutex(State())
    private let changed = NSCondition()

    init(lineLimit: Int = 1 << 20) {
        self.lineLimit = lineLimit
    }

    var peers: [Peer] { state.withLock { $0.peers } }
    var lines: [String] { state.withLock { $0.lines } }
    var closedCount: Int { state.withLock { $0.closed } }

    func open(peer: Peer, outlet: any Outlet) -> any Conversation {
        state.withLock { $0.peers.append(peer) }
        return TestConversation(outlet: outlet, factory: self)
    }

    func note(_ line: String) {
        change { $0.lines.append(line) }
    }

    /// Returns once so many lines have come.
    func waitForLines(_ count: Int) { wait { $0.lines.count >= count } }

    /// Returns once so many lines are held.
    func waitForHeld(_ count: Int) { wait { $0.held.count >= count } }

    /// Returns once so many conversations are over.
    func waitForClosed(_ count: Int) { wait { $0.closed >= count } }

    /// Keeps the calling thread until ``goOn()``.
    func stop() {
        change { $0.isStopped = true }
        wait { !$0.isStopped }
    }

    /// Returns once a thread is kept.
    func waitForStopped() { wait { $0.isStopped } }

    func goOn() {
        change { $0.isStopped = false }
    }

    private func wait(until isSo: (State) -> Bool) {
        changed.lock()
        while !state.withLock({ isSo($0) }) { changed.wait() }
        changed.unlock()
    }

    private func change(_ body: (inout State) -> Void) {
        changed.lock()
        state.withLock { body(&$0) }
        changed.broadcast()
        changed.unlock()
    }

    func noteClosed() {
        change { $0.closed += 1 }
    }

    func hold(_ text: String, for outlet: any Outlet) {
        change { $0.held.append((text, outlet)) }
    }

    /// Echoes what is held, from another thread; returns how many lines that were.
    @discardableResult
    func release() -> Int {
        let count = state.withLock { $0.held.count }
        Thread.detachNewThread { self.sendHeld() }
        return count
    }

    private func sendHeld() {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held.map { ($0.text, $0.outlet) }
        }
        for (text, outlet) in held {
            outlet.send(Array(text.utf8) + [0x0A], answered: 1)
            outlet.flush()
        }
    }
}
