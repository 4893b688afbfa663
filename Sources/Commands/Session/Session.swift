internal import ChannelKit
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
    /// What a line asks for, or why it cannot be a request.
    enum Content: Sendable {
        case request(Request)
        case refusal(any Error)
    }

    /// A received line on its way to its answer.
    struct Entry {
        let id: Int
        let framing: Framing
        /// When its line came, on the clock that nobody sets.
        let began: Int64
        /// The tenant it is for, once that is known.
        var tenant: Tenant?
        /// Nil once the line has been started.
        var content: Content?
        /// The answer as it will be sent, nil until there is one.
        var answer: [UInt8]?
    }

    /// What may be in hand at the same time: changes of one tenant, or one line alone.
    enum Lane: Equatable {
        case changes(of: TenantName)
        case alone
    }

    struct State {
        var identity: Identity
        /// What `use` bound the connection to.
        var tenant: TenantName?
        /// In whose name, in that tenant.
        var staff: ActingStaff?
        var isFirstLine = true
        var isClosed = false
        var entries: [Entry] = []
        var nextID = 0
        /// How many entries are started and not answered yet, and in which lane.
        var running = 0
        var lane = Lane.alone
        /// A thread starts entries; nobody else may, so that they start in their order.
        var isStarting = false
        var batch: Batch?
        var watch: Watch?
        /// The changes in hand that have not reached their tenant.
        var turns = Turns()
        /// What the job in hand sends before its answer.
        var jobOutput: JobOutput?
    }

    let services: Services
    let outlet: any Outlet
    /// The user at the other end.
    private let userID: UInt32
    let state: Mutex<State>
    let uploads = Uploads()

    init(peer: Peer, isOperator: Bool, services: Services, outlet: any Outlet) {
        self.services = services
        self.outlet = outlet
        userID = peer.userID
        state = Mutex(State(identity: isOperator ? .operator : .user(peer.userID)))
    }

    var lineLimit: Int {
        state.withLock { state in
            switch state.identity {
            case .operator, .token: 1 << 20
            // While something is unanswered, it may be what lets the client in.
            case .user: state.tenant == nil && state.entries.isEmpty ? 4 << 10 : 1 << 20
            }
        }
    }

    var party: String? {
        state.withLock { ($0.tenant ?? $0.identity.ownTenant)?.description }
    }

    func mayBegin(with byte: UInt8) -> Bool { LineParser.mayBegin(with: byte) }

    func receive(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let began = services.host.uptime
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
            let refusal = refusal(for: error)
            state.withLock { $0.append(.refusal(refusal), framing: framing, at: began) }
        case .request(let request):
            state.withLock { $0.append(.request(request), framing: request.framing, at: began) }
        }
        pump()
        return true
    }

    func receiveOverlong(length: Int) {
        let began = services.host.uptime
        let refusal = CommandError.lineTooLong(length: length, limit: lineLimit)
        state.withLock { $0.append(.refusal(refusal), framing: .word, at: began) }
        pump()
    }

    func closed() {
        let job = state.withLock { state in
            state.isClosed = true
            state.entries.removeAll { $0.content != nil }
            return state.jobOutput
        }
        job?.cancel()
        endWatch()
    }

    /// A tenant's name that cannot be one is refused like any other the caller may not see.
    private func refusal(for error: WireError) -> any Error {
        guard error.reason == .badTenant else { return CommandError.malformed(error) }
        switch state.withLock({ $0.identity }) {
        case .operator: return HostError.noTenant
        case .user, .token: return CommandError.forbidden
        }
    }

    /// Starts what may be started, in its order, and sends what is answered.
    func pump() {
        while let entry = state.withLock({ $0.startNext(services) }) {
            switch entry.content {
            case .request(let request): start(request, id: entry.id)
            case .refusal(let error): refuse(error, id: entry.id)
            }
            state.withLock { $0.isStarting = false }
        }
        state.withLock { sendAnswered(&$0) }
        outlet.flush()
    }

    /// Sends the answers that are there, up to the first line without one.
    ///
    /// Under the lock, so that two threads cannot swap answers.
    func sendAnswered(_ state: inout State) {
        let count = state.entries.prefix { $0.answer != nil }.count
        guard count > 0, var bytes = state.entries[0].answer else { return }
        for entry in state.entries[1..<count] { bytes.append(contentsOf: entry.answer ?? []) }
        outlet.send(bytes, answered: count)
        state.entries.removeFirst(count)
    }

    /// Answers with a refusal; a batch that is open is lost with it, and a wrong guess is counted first.
    func refuse(_ error: any Error, id: Int) {
        if let guess = error as? WrongGuess {
            return guess.invocation.tenant.write { [self] transaction in
                try guess.count(in: transaction)
                return { [self] in refuse(guess.cause, id: id) }
            } failed: { [self] error in
                refuse(error, id: id)
            }
        }
        let failure = Reply.failure(for: error)
        state.withLock { $0.batch?.lose(failure) }
        finish(id, Reply(outcome: .failed(failure)))
    }

    /// Logs what the operator did to the host or to a tenant's configuration.
    func logAct(_ verb: Verb, _ invocation: Invocation) {
        guard invocation.caller.role == .operator else { return }
        var fields = ["verb": verb.name, "user": String(userID)]
        fields["tenant"] = invocation.arguments.text("name") ?? invocation.caller.tenant?.description
        Log.notice("operator act", fields)
    }

    /// Puts the answer to a request in its place.
    func finish(_ id: Int, _ reply: Reply) {
        var bytes: [UInt8] = []
        let entry = state.withLock { $0.entry(id) }
        reply.write(in: entry?.framing ?? .word, to: &bytes)
        if let entry { services.host.count(reply.outcome.measured, since: entry.began, of: entry.tenant) }
        state.withLock { [bytes] state in
            state.running -= 1
            state.setAnswer(bytes, id)
        }
        pump()
    }
}

extension Session.State {
    mutating func append(_ content: Session.Content, framing: Framing, at began: Int64) {
        entries.append(Session.Entry(id: nextID, framing: framing, began: began, content: content))
        nextID += 1
    }

    func entry(_ id: Int) -> Session.Entry? {
        index(of: id).map { entries[$0] }
    }

    mutating func setTenant(_ tenant: Tenant?, _ id: Int) {
        if let index = index(of: id) { entries[index].tenant = tenant }
    }

    mutating func setAnswer(_ bytes: [UInt8], _ id: Int) {
        if let index = index(of: id) { entries[index].answer = bytes }
    }

    /// The next entry if it may be started now, marked as started.
    mutating func startNext(_ services: Services) -> (content: Session.Content, id: Int)? {
        guard !isClosed, !isStarting, let index = entries.firstIndex(where: { $0.content != nil }),
            let content = entries[index].content
        else { return nil }
        let lane = lane(of: content, services)
        guard running == 0 || lane != .alone && lane == self.lane else { return nil }
        entries[index].content = nil
        running += 1
        self.lane = lane
        isStarting = true
        return (content, entries[index].id)
    }

    /// What `content` may share its time with, given everything before it has been started.
    private func lane(of content: Session.Content, _ services: Services) -> Session.Lane {
        guard batch == nil, case .request(let request) = content, services.table.isTransactional(request.verb),
            let tenant = request.tenant.flatMap(TenantName.init) ?? tenant ?? identity.ownTenant,
            services.host.knownTenant(tenant) != nil
        else { return .alone }
        return .changes(of: tenant)
    }

    /// Entries are in the order of their ids without gaps.
    private func index(of id: Int) -> Int? {
        guard let first = entries.first?.id, entries.indices.contains(id - first) else { return nil }
        return id - first
    }
}

extension Reply.Outcome {
    /// What is counted of it.
    fileprivate var measured: Measurements.Outcome {
        switch self {
        case .ok, .list: .answered
        case .failed(let failure): failure.status.rawValue >= 500 ? .failed : .refused
        }
    }
}
