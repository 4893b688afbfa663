import Glibc
import Polling
public import Wire

/// Serves the control socket: cuts lines, hands them to conversations and writes what they answer.
///
/// One epoll thread does it all, the one that calls ``run()``; conversations answer from any thread.
public final class ControlServer: Sendable {
    private let listening: ListeningSocket
    private let factory: any ConversationFactory
    private let limits: ServerLimits
    private let operators: Set<UInt32>
    private let poller: Poller
    private let inbox: Inbox
    private let counters = ServerCounters()
    private let wakefulness: Wakefulness?

    /// Makes a server that does nothing until ``run()``; clients may connect already.
    ///
    /// - Parameters:
    ///   - listening: Where clients connect; the server closes it when it drains.
    ///   - factory: Makes the conversation of each connection.
    ///   - limits: What clients are granted.
    ///   - operators: User ids that the reserved places are for and whose connections are not counted.
    ///   - wakefulness: Keeps the processors awake while clients are being served; nil to let them be.
    /// - Throws: ``ListeningError/system(call:code:)`` when the kernel grants no descriptors.
    public init(
        listening: ListeningSocket, factory: any ConversationFactory, limits: ServerLimits = ServerLimits(),
        operators: Set<UInt32>, wakefulness: Wakefulness? = nil
    ) throws(ListeningError) {
        self.listening = listening
        self.factory = factory
        self.limits = limits
        self.operators = operators
        self.wakefulness = wakefulness
        do throws(PollingError) {
            poller = try Poller()
            inbox = try Inbox()
        } catch {
            throw .system(call: error.call, code: error.code)
        }
    }

    /// What the server has done so far.
    public var statistics: ServerStatistics { counters.snapshot }

    /// Serves on the calling thread, which it blocks, until ``drain(grace:)``; to be called once.
    public func run() {
        EventLoop(
            listening: listening, factory: factory, limits: limits, operators: operators, poller: poller,
            inbox: inbox, counters: counters, wakefulness: wakefulness
        ).run()
    }

    /// Ends ``run()`` in good order: no connection and no byte is taken any more, every line that a conversation has
    /// got is answered and its answer written.
    ///
    /// - Parameter grace: After this time what is still open is closed.
    public func drain(grace: Duration) {
        inbox.requestDrain(grace: grace)
    }
}
