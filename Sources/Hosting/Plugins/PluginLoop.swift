internal import Foundation
internal import Polling

/// The one thread that talks to all plugins: starts their processes, sends what they are asked, takes their answers.
///
/// Nothing on it blocks. Its state is ``PluginEngine``'s, which no other thread touches.
final class PluginLoop: Sendable {
    typealias Work = @Sendable (PluginEngine) -> Void

    struct Content: MailboxContent {
        var work: [Work] = []

        var isEmpty: Bool { work.isEmpty }
    }

    private let mailbox: Mailbox<Content>
    private let ended = PendingAnswer<Void>()

    /// Starts the thread.
    ///
    /// - Throws: `PollingError` when the kernel grants no descriptors.
    init(_ surroundings: PluginSurroundings) throws(PollingError) {
        let mailbox = try Mailbox<Content>()
        let poller = try Poller()
        self.mailbox = mailbox
        let thread = Thread { [ended] in
            PluginEngine(poller, mailbox, surroundings).run()
            mailbox.shut()
            ended.give(.success(()))
        }
        thread.name = "patron-plugins"
        thread.stackSize = 2 << 20
        thread.start()
    }

    /// Has something done on the thread.
    ///
    /// - Returns: False when the thread has ended, and it will not be done.
    @discardableResult
    func post(_ work: @escaping Work) -> Bool {
        mailbox.change { $0.work.append(work) }
    }

    /// Has something done on the thread and returns its result; for threads that may wait.
    ///
    /// - Throws: What `work` throws, or ``HostError/busy`` when the thread has ended.
    func ask<Result: Sendable>(
        _ work: @escaping @Sendable (PluginEngine, PendingAnswer<Result>) -> Void
    ) throws -> Result {
        let answer = PendingAnswer<Result>()
        guard post({ work($0, answer) }) else { throw HostError.busy }
        return try answer.wait()
    }

    /// Ends all processes in good order, then the thread; returns when they are gone.
    func stop() {
        post { $0.stop() }
        // Nothing is ever thrown into it.
        try? ended.wait()
    }
}
