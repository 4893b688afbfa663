import Foundation
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
    private let state = WatchedState(State())

    init(lineLimit: Int = 1 << 20) {
        self.lineLimit = lineLimit
    }

    var peers: [Peer] { state.look { $0.peers } }
    var lines: [String] { state.look { $0.lines } }
    var closedCount: Int { state.look { $0.closed } }

    func open(peer: Peer, outlet: any Outlet) -> any Conversation {
        state.change { $0.peers.append(peer) }
        return TestConversation(outlet: outlet, factory: self)
    }

    func note(_ line: String) {
        state.change { $0.lines.append(line) }
    }

    /// Returns once so many lines have come.
    func waitForLines(_ count: Int) { state.wait { $0.lines.count >= count } }

    /// Returns once so many lines are held.
    func waitForHeld(_ count: Int) { state.wait { $0.held.count >= count } }

    /// Returns once so many conversations are over.
    func waitForClosed(_ count: Int) { state.wait { $0.closed >= count } }

    /// Keeps the calling thread until ``goOn()``.
    func stop() {
        state.change { $0.isStopped = true }
        state.wait { !$0.isStopped }
    }

    /// Returns once a thread is kept.
    func waitForStopped() { state.wait { $0.isStopped } }

    func goOn() {
        state.change { $0.isStopped = false }
    }

    func noteClosed() {
        state.change { $0.closed += 1 }
    }

    func hold(_ text: String, for outlet: any Outlet) {
        state.change { $0.held.append((text, outlet)) }
    }

    /// Echoes what is held, from another thread; returns how many lines that were.
    @discardableResult
    func release() -> Int {
        let count = state.look { $0.held.count }
        Thread.detachNewThread { self.sendHeld() }
        return count
    }

    private func sendHeld() {
        let held = state.change { state in
            defer { state.held = [] }
            return state.held.map { ($0.text, $0.outlet) }
        }
        for (text, outlet) in held {
            outlet.send(Array(text.utf8) + [0x0A], answered: 1)
            outlet.flush()
        }
    }
}
