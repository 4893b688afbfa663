internal import ChannelKit
internal import Glibc
internal import StrictJSON

/// Where a plugin's requests go: to one process at a time, started when it is needed, and again when it has failed.
final class PluginSeat {
    /// Where a plugin stands.
    enum Standing: String, Sendable {
        /// Nobody has needed it yet, or not for a while.
        case idle
        case starting
        case ready
        /// It failed and will be started again.
        case backoff
        /// It failed too often.
        case quarantined
    }

    /// A request that waits for a process.
    struct Waiting {
        let request: PluginRequest
        let due: ContinuousClock.Instant
    }

    static let handshakeTime = Duration.seconds(10)
    /// So many failures in so long a time are too many.
    static let failureLimit = 5
    static let failureWindow = Duration.seconds(300)
    static let waitingLimit = 4_096
    /// So many requests without an answer in time, and none in between, mean that the process hangs.
    static let missedLimit = 3
    /// So many bytes nobody asked for, without an answer in between, are a flood.
    static let strayLimit = 8 << 20
    /// A process for one tenant ends after such a time without a request.
    static let idleTime = Duration.seconds(300)

    let key: PluginEngine.SeatKey
    var program: PluginProgram
    var standing = Standing.idle
    /// The process that gets the requests.
    var current: PluginProcess?
    /// The process that is to take its place.
    var next: PluginProcess?
    var waiting: [Waiting] = []
    var failures: [ContinuousClock.Instant] = []
    var retryAt: ContinuousClock.Instant?
    var idleAt: ContinuousClock.Instant?
    var generation = 0
    var restarts = 0
    var strays = 0
    var lastError: String?
    /// What the process that failed last complained of in the end; for the operator alone, as it may tell of any tenant.
    var lastWords: String?
    /// A moving mean of how long an answer takes.
    var latency = Duration.zero
    var lineAllowance = PluginLineAllowance()
    var reloads: [PendingAnswer<Int>] = []
    /// Who wants to know whether it answers, once it is ready.
    var pings: [PendingAnswer<Duration>] = []
    var isClosed = false

    init(_ key: PluginEngine.SeatKey, _ program: PluginProgram) {
        self.key = key
        self.program = program
    }

    var plugin: String { key.plugin }

    var pendingCount: Int { (current?.pending.count ?? 0) + waiting.count }

    /// When something is to be looked at, besides what its processes look at.
    var nextDue: ContinuousClock.Instant? {
        [retryAt, waiting.map(\.due).min(), idleAt].compactMap(\.self).min()
    }

    func ask(_ request: PluginRequest, _ engine: PluginEngine) {
        let now = ContinuousClock.now
        if standing == .quarantined { return request.done(.failure(PluginFailure.quarantined(plugin: plugin))) }
        if let current, current.phase == .ready { return send(request, to: current, due: now + request.deadline) }
        if let retryAt, retryAt - now > min(.seconds(1), request.deadline) {
            return fail(request, "it failed and is being started again: \(lastError ?? "")")
        }
        guard waiting.count < Self.waitingLimit else {
            return request.done(.failure(PluginFailure.busy(plugin: plugin)))
        }
        waiting.append(Waiting(request: request, due: now + request.deadline))
        if current == nil, retryAt == nil { start(engine) }
    }

    func send(_ request: PluginRequest, to process: PluginProcess, due: ContinuousClock.Instant) {
        let token = request.tenant.token
        if let refusal = process.refusals[token] { return request.done(.failure(refusal)) }
        if key.tenant != nil { idleAt = .now + Self.idleTime }
        if process.openTenants.insert(token).inserted {
            let opening = PluginLine.request(
                request.openingID, "tenant.open", params: request.tenant.opening(request.occasion.shop))
            _ = process.send(opening, id: request.openingID, .open(token: token), due: due)
        }
        guard process.send(request.line, id: request.id, .request(request), due: due) else {
            return request.done(.failure(PluginFailure.busy(plugin: plugin)))
        }
    }

    /// Tells the processes that a tenant's token is not used any more.
    func forget(_ token: String, _ engine: PluginEngine) {
        for process in [current, next].compactMap(\.self) where process.openTenants.remove(token) != nil {
            process.refusals[token] = nil
            let id = PluginID.next()
            let line = PluginLine.request(id, "tenant.close") { $0.member("tenant", token) }
            _ = process.send(line, id: id, .notice, due: .now + program.manifest.hooks.perform.deadline)
        }
    }

    /// Asks the process whether it is there; starts it if need be.
    func ping(_ answer: PendingAnswer<Duration>, _ engine: PluginEngine) {
        guard let current, current.phase == .ready else {
            if standing == .quarantined || standing == .backoff {
                let failure = PluginFailure.failed(plugin: plugin, reason: lastError ?? "it is not ready")
                return answer.give(
                    .failure(standing == .quarantined ? PluginFailure.quarantined(plugin: plugin) : failure))
            }
            pings.append(answer)
            if current == nil { start(engine) }
            return
        }
        let id = PluginID.next()
        let line = PluginLine.request(id, "ping") { _ in }
        if !current.send(line, id: id, .ping(answer), due: .now + program.manifest.hooks.perform.deadline) {
            answer.give(.failure(PluginFailure.busy(plugin: plugin)))
        }
    }
}

extension ChildProcess.End {
    /// For people.
    func text(_ limits: ChildLimits) -> String {
        switch self {
        case .exited(let code): "with exit code \(code)"
        case .signalled(SIGXCPU): "as its cpu_seconds, \(limits.seconds), were used up"
        case .signalled(let number): "by signal \(number)"
        case .unknown: "for a reason nobody knows"
        }
    }
}
