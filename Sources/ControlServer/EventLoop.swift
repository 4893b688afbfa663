import CSystem
import Glibc
import Polling
import Synchronization
import Wire

/// The server's one thread: reads, hands lines out, gathers the answers of a turn and writes them.
final class EventLoop {
    static let listenerToken: UInt64 = 0
    static let wakeToken: UInt64 = 1
    private static let eventsPerTurn = 256
    private static let readBufferSize = 64 << 10

    let limits: ServerLimits
    let operators: Set<UInt32>
    let factory: any ConversationFactory
    let listening: ListeningSocket
    let acceptor: Acceptor
    let poller: Poller
    let inbox: Inbox
    let counters: ServerCounters
    let wakefulness: Wakefulness?

    var connections: [UInt64: Connection] = [:]
    var connectionsOfUser: [UInt32: Int] = [:]
    /// Those whose connections share a part of the loop's time.
    private var parties: [String: Party] = [:]
    var nextToken: UInt64 = 2
    /// Whether the poller watches the listener.
    var isAccepting = false
    /// When to try accepting again after descriptors had run out; nil when there is no need to.
    var acceptAgainAt: ContinuousClock.Instant?

    private let readBuffer: UnsafeMutableBufferPointer<UInt8>
    private var events = [epoll_event](repeating: epoll_event(), count: EventLoop.eventsPerTurn)
    /// After this long a turn serves no more connections, so that who asks little need not wait for all who ask much.
    private static let turnTime = Duration.microseconds(300)
    /// Connections in which something happened.
    private var due = DueConnections()
    /// When a drain ends whatever is still open; nil while none is asked for.
    private var drainEndsAt: ContinuousClock.Instant?
    /// Not later than the first stalled connection's end; nil when none was seen to stall.
    private var stallCheckAt: ContinuousClock.Instant?

    init(
        listening: ListeningSocket, factory: any ConversationFactory, limits: ServerLimits, operators: Set<UInt32>,
        poller: Poller, inbox: Inbox, counters: ServerCounters, wakefulness: Wakefulness?
    ) {
        self.listening = listening
        self.factory = factory
        self.limits = limits
        self.operators = operators
        self.poller = poller
        self.inbox = inbox
        self.counters = counters
        self.wakefulness = wakefulness
        acceptor = Acceptor(listening)
        readBuffer = .allocate(capacity: Self.readBufferSize)
    }

    deinit { readBuffer.deallocate() }

    func run() {
        // Everybody waits for this thread; where the kernel has no such wish it waits like all others.
        _ = csystem_run_first()
        startAccepting()
        var isOver = !poller.watch(inbox.wakeDescriptor, token: Self.wakeToken, from: [], to: .input)
        while !isOver {
            let maySleep = due.isEmpty && inbox.fallAsleep()
            let count = poller.wait(timeout: maySleep ? timeToNextDeadline() : .zero, into: &events)
            inbox.wakeUp()
            if count > 0 { wakefulness?.keep() } else if maySleep { wakefulness?.rest() }
            // Other threads in real time have their turn, too, when this one does not sleep.
            if csystem_begin_piece() == 1, !maySleep { sched_yield() }
            for event in events[..<count] { handle(event) }
            deliver(inbox.takeContent())
            serveDue()
            isOver = handleDeadlines()
        }
        listening.close()
        for connection in connections.values { close(connection) }
        _ = poller.watch(inbox.wakeDescriptor, token: Self.wakeToken, from: .input, to: [])
        inbox.shut()
    }

    private func handle(_ event: epoll_event) {
        switch event.data.u64 {
        case Self.listenerToken: acceptWaiting()
        case Self.wakeToken: inbox.clearWakeDescriptor()
        case let token:
            guard let connection = connections[token] else { return }
            connection.isReadable = Poller.Interest(rawValue: event.events).isReadable
            due.add(connection)
        }
    }

    private func deliver(_ content: InboxContent) {
        for token in content.tokens {
            if let connection = connections[token] { due.add(connection) }
        }
        if let grace = content.grace { startDraining(grace: grace) }
    }

    /// Serves the connections in which something happened, those first that have taken least time lately, until the turn
    /// is long enough; the others wait for the next one.
    private func serveDue() {
        guard !due.isEmpty else { return }
        var now = ContinuousClock.now
        let end = now + Self.turnTime
        var waiting = due.take(at: now)[...]
        while now < end, let connection = waiting.popFirst() {
            // It may have been closed since.
            if connections[connection.token] != nil { serve(connection) }
            let done = ContinuousClock.now
            connection.usage.add(done - now, at: done)
            connection.party.usage.add(done - now, at: done)
            now = done
        }
        for connection in waiting { due.add(connection) }
    }

    /// Writes what waits for the client, then takes up what it has sent.
    private func serve(_ connection: Connection) {
        guard connection.flush(), connection.waitingOutput <= limits.outputHard else { return close(connection) }
        if let since = connection.stalledSince { expectStall(since: since) }
        connection.tellIfDrained()
        connection.resume()
        if connection.isReadable, connection.interest.contains(.input), !connection.isCutPending {
            guard connection.read(through: readBuffer) else { return close(connection) }
        }
        connection.isReadable = false
        guard let wanted = connection.nextInterest() else { return close(connection) }
        join(connection, connection.conversation.party)
        guard watch(connection, for: wanted) else { return close(connection) }
        if connection.isCutPending { due.add(connection) }
    }

    /// Lets a connection share the part of those of its party.
    private func join(_ connection: Connection, _ name: String?) {
        guard connection.party.name != name else { return }
        if let former = connection.party.name {
            connection.party.count -= 1
            if connection.party.count == 0 { parties[former] = nil }
        }
        let party = name.flatMap { parties[$0] } ?? Party(name: name)
        party.count += 1
        if let name { parties[name] = party }
        connection.party = party
    }

    private func watch(_ connection: Connection, for wanted: Poller.Interest) -> Bool {
        guard poller.watch(connection.descriptor, token: connection.token, from: connection.interest, to: wanted)
        else { return false }
        connection.interest = wanted
        return true
    }

    func close(_ connection: Connection) {
        guard connections.removeValue(forKey: connection.token) != nil else { return }
        counters.connections.wrappingSubtract(1, ordering: .relaxed)
        let left = (connectionsOfUser[connection.peer.userID] ?? 0) - 1
        connectionsOfUser[connection.peer.userID] = left > 0 ? left : nil
        join(connection, nil)
        // A thread that writes closes it later; a kernel that refuses has forgotten it anyway.
        _ = watch(connection, for: [])
        connection.outlet.retire()
        connection.conversation.closed()
        if acceptAgainAt != nil { startAccepting() }
    }

    private func startDraining(grace: Duration) {
        drainEndsAt = .now + grace
        stopAccepting()
        listening.close()
        for connection in connections.values {
            connection.endInput()
            due.add(connection)
        }
    }

    // MARK: Deadlines

    private func expectStall(since: ContinuousClock.Instant) {
        let end = since + .seconds(limits.stallSeconds)
        stallCheckAt = min(stallCheckAt ?? end, end)
    }

    private func timeToNextDeadline() -> Duration? {
        let first = [drainEndsAt, acceptAgainAt, stallCheckAt].compactMap { $0 }.min()
        let deadline = first.map { max(.zero, $0 - .now) }
        guard let rest = wakefulness?.waitingTime else { return deadline }
        return min(rest, deadline ?? rest)
    }

    /// Does what is due; true when the server is done.
    private func handleDeadlines() -> Bool {
        guard drainEndsAt != nil || acceptAgainAt != nil || stallCheckAt != nil else { return false }
        let now = ContinuousClock.now
        if let due = stallCheckAt, due <= now { closeStalled(now) }
        if let due = acceptAgainAt, due <= now { startAccepting() }
        guard let drainEndsAt else { return false }
        return connections.isEmpty || drainEndsAt <= now
    }

    private func closeStalled(_ now: ContinuousClock.Instant) {
        stallCheckAt = nil
        for connection in connections.values {
            guard let since = connection.stalledSince else { continue }
            if since + .seconds(limits.stallSeconds) <= now { close(connection) } else { expectStall(since: since) }
        }
    }
}
