import Foundation
import Synchronization
import Wire

/// Makes conversations whose lines are answered by several threads, and sees to it that these get in each other's way.
final class RacingFactory: ConversationFactory {
    private struct State {
        var waiting: [RacingConversation] = []
        var isStopping = false
        var drained = 0
        var closed = 0
    }

    private let state = Mutex(State())
    private let changed = NSCondition()

    init(threads: Int = 6) {
        for _ in 0..<threads {
            Thread.detachNewThread { [self] in
                while let conversation = next() { conversation.answer() }
            }
        }
    }

    var closedCount: Int { state.withLock { $0.closed } }

    func open(peer: Peer, outlet: any Outlet) -> any Conversation {
        RacingConversation(outlet: outlet, factory: self)
    }

    /// Has a line of a conversation answered by one of the threads.
    func submit(_ conversation: RacingConversation) {
        change { $0.waiting.append(conversation) }
    }

    func noteDrained() {
        change { $0.drained += 1 }
    }

    func noteClosed() {
        change { $0.closed += 1 }
    }

    /// Returns once some client has taken everything, so often.
    func waitForDrained(_ count: Int) { wait { $0.drained >= count } }

    /// Returns once so many conversations are over.
    func waitForClosed(_ count: Int) { wait { $0.closed >= count } }

    /// Lets the threads end.
    func stop() {
        change { $0.isStopping = true }
    }

    private func next() -> RacingConversation? {
        wait { !$0.waiting.isEmpty || $0.isStopping }
        let conversation = state.withLock { $0.waiting.popLast() }
        if conversation == nil, !state.withLock({ $0.isStopping }) { return next() }
        return conversation
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
}
