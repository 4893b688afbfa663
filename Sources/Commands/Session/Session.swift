internal import Hosting
internal import Registry
internal import StrictJSON
internal import Synchronization
internal import Wire

/// One connection's conversation: keeps requests in order and answers in the order of the requests.
///
/// Changes of one tenant may be in hand together, so that a pipelining client shares commits; every other request
/// waits until those before it are answered, and so sees what they did.
final class Session: Conversation {
    /// A received line on its way to its answer.
    struct Entry {
        let id: Int
        let framing: Framing
        /// Nil once the request has been started.
        var request: Request?
        let lane: Lane
        /// The answer as it will be sent, nil until there is one.
        var answer: [UInt8]?
    }

    /// What may be in hand at the same time: changes of one tenant, or one request alone.
    enum Lane: Equatable {
        case changes(of: TenantName)
        case alone
    }

    struct State {
        var identity: Identity
        /// What `use` bound the connection to.
        var tenant: TenantName?
        var staffName: String?
        var isFirstLine = true
        var isClosed = false
        var entries: [Entry] = []
        var nextID = 0
        /// How many entries are started and not answered yet, and in which lane.
        var running = 0
        var lane = Lane.alone
        var batch: Batch?
        var watch: Watch?
    }

    let services: Services
    let outlet: any Outlet
    let state: Mutex<State>

    init(peer: Peer, isOperator: Bool, services: Services, outlet: any Outlet) {
        self.services = services
        self.outlet = outlet
        state = Mutex(State(identity: isOperator ? .operator : .user(peer.userID)))
    }

    var lineLimit: Int {
        state.withLock { state in
            switch state.identity {
            case .operator, .token: 1 << 20
            case .user: state.tenant == nil ? 4 << 10 : 1 << 20
            }
        }
    }

    func receive(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isFirstLine = false }
            return state.isFirstLine
        }
        switch LineParser.parse(line, isFirst: isFirst) {
        case .blank: return false
        case .foreign:
            outlet.close()
            return false
        case .malformed(let error, let framing):
            refuse(error, framing)
        case .request(let request):
            let verb = try? services.table.verb(request.verb)
            state.withLock { state in
                let lane = Self.lane(of: request, verb: verb, state)
                state.append(request, framing: request.framing, lane: lane, answer: nil)
            }
        }
        pump()
        return true
    }

    func receiveOverlong(length: Int) {
        answer(CommandError.lineTooLong(length: length, limit: lineLimit), .word)
        pump()
    }

    func closed() {
        let watch = state.withLock { state in
            state.isClosed = true
            state.entries.removeAll { $0.request != nil }
            return state.watch
        }
        if let watch { watch.tenant.unwatch(watch.watcher) }
    }

    /// A tenant's name that cannot be one is refused like any other the caller may not see.
    private func refuse(_ error: WireError, _ framing: Framing) {
        guard error.reason == .badTenant else { return answer(CommandError.malformed(error), framing) }
        switch state.withLock({ $0.identity }) {
        case .operator: answer(HostError.noTenant, framing)
        case .user, .token: answer(CommandError.forbidden, framing)
        }
    }

    private func answer(_ error: any Error, _ framing: Framing) {
        var bytes: [UInt8] = []
        Reply.refusing(error).write(in: framing, to: &bytes)
        state.withLock { [bytes] in $0.append(nil, framing: framing, lane: .alone, answer: bytes) }
    }

    private static func lane(of request: Request, verb: Verb?, _ state: State) -> Lane {
        guard let verb, verb.isChanging, state.batch == nil else { return .alone }
        if let tenant = request.tenant.flatMap(TenantName.init) ?? state.tenant { return .changes(of: tenant) }
        if case .token(let identity) = state.identity { return .changes(of: identity.tenant) }
        return .alone
    }

    /// Starts what may be started and sends what is answered.
    func pump() {
        while let entry = state.withLock({ $0.startNext() }) {
            start(entry.request, id: entry.id)
        }
        state.withLock { state in
            let answered = state.entries.prefix { $0.answer != nil }
            guard !answered.isEmpty else { return }
            // Sent under the lock, so that two threads cannot swap answers.
            outlet.send(
                answered.count == 1 ? answered[0].answer ?? [] : answered.flatMap { $0.answer ?? [] },
                answered: answered.count)
            state.entries.removeFirst(answered.count)
        }
    }

    /// Puts the answer to a request in its place.
    func finish(_ id: Int, _ reply: Reply) {
        var bytes: [UInt8] = []
        let framing = state.withLock { $0.entry(id)?.framing ?? .word }
        reply.write(in: framing, to: &bytes)
        state.withLock { [bytes] state in
            state.running -= 1
            state.setAnswer(bytes, id)
        }
        pump()
    }
}

extension Session.State {
    mutating func append(_ request: Request?, framing: Framing, lane: Session.Lane, answer: [UInt8]?) {
        entries.append(Session.Entry(id: nextID, framing: framing, request: request, lane: lane, answer: answer))
        nextID += 1
    }

    func entry(_ id: Int) -> Session.Entry? {
        index(of: id).map { entries[$0] }
    }

    mutating func setAnswer(_ bytes: [UInt8], _ id: Int) {
        if let index = index(of: id) { entries[index].answer = bytes }
    }

    /// The next request if it may be started now, marked as started.
    mutating func startNext() -> (request: Request, id: Int)? {
        guard !isClosed, let index = entries.firstIndex(where: { $0.request != nil }) else { return nil }
        let entry = entries[index]
        guard running == 0 || entry.lane != .alone && entry.lane == lane, let request = entry.request else {
            return nil
        }
        entries[index].request = nil
        running += 1
        lane = entry.lane
        return (request, entry.id)
    }

    /// Entries are in the order of their ids without gaps.
    private func index(of id: Int) -> Int? {
        guard let first = entries.first?.id, entries.indices.contains(id - first) else { return nil }
        return id - first
    }
}
