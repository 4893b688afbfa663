import Foundation
import Wire

/// Makes conversations whose lines are answered by several threads, and sees to it that these get in each other's way.
final class RacingFactory: ConversationFactory {
    private struct State {
        var waiting: [RacingConversation] = []
        var isStopping = false
        var drained = 0
        var closed = 0
    }

    private let state = WatchedState(State())

    init(threads: Int = 6) {
        for _ in 0..<threads {
            Thread.detachNewThread { [self] in
                while let conversation = next() { conversation.answer() }
            }
        }
    }

    var closedCount: Int { state.look { $0.closed } }

    func open(peer: Peer, outlet: any Outlet) -> any Conversation {
        RacingConversation(outlet: outlet, factory: self)
    }

    /// Has a line of a conversation answered by one of the threads.
    func submit(_ conversation: RacingConversation) {
        state.change { $0.waiting.append(conversation) }
    }

    func noteDrained() {
        state.change { $0.drained += 1 }
    }

    func noteClosed() {
        state.change { $0.closed += 1 }
    }

    /// Returns once some client has taken everything, so often.
    func waitForDrained(_ count: Int) { state.wait { $0.drained >= count } }

    /// Returns once so many conversations are over.
    func waitForClosed(_ count: Int) { state.wait { $0.closed >= count } }

    /// Lets the threads end.
    func stop() {
        state.change { $0.isStopping = true }
    }

    private func next() -> RacingConversation? {
        state.wait { !$0.waiting.isEmpty || $0.isStopping }
        let conversation = state.change { $0.waiting.popLast() }
        if conversation == nil, !state.look({ $0.isStopping }) { return next() }
        return conversation
    }
}
