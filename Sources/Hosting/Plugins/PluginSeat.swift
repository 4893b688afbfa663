internal import ChannelKit
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
    private struct Waiting {
        let request: PluginRequest
        let due: ContinuousClock.Instant
    }

    private static let handshakeTime = Duration.seconds(10)
    /// So many failures in so long a time are too many.
    private static let failureLimit = 5
    private static let failureWindow = Duration.seconds(300)
    private static let longestPause = Duration.seconds(60)
    private static let waitingLimit = 4_096
    /// So many requests without an answer in time, and none in between, mean that the process hangs.
    private static let missedLimit = 3
    /// So many bytes nobody asked for, without an answer in between, are a flood.
    private static let strayLimit = 8 << 20
    /// A process for one tenant ends after such a time without a request.
    private static let idleTime = Duration.seconds(300)

    let key: PluginEngine.SeatKey
    private(set) var program: PluginProgram
    private(set) var standing = Standing.idle
    /// The process that gets the requests.
    private(set) var current: PluginProcess?
    /// The process that is to take its place.
    private var next: PluginProcess?
    private var waiting: [Waiting] = []
    private var failures: [ContinuousClock.Instant] = []
    private var retryAt: ContinuousClock.Instant?
    private var idleAt: ContinuousClock.Instant?
    private(set) var generation = 0
    private(set) var restarts = 0
    private(set) var strays = 0
    private(set) var lastError: String?
    /// A moving mean of how long an answer takes.
    private(set) var latency = Duration.zero
    private var lineAllowance = PluginLineAllowance()
    private var reloads: [PendingAnswer<Int>] = []
    /// Who wants to know whether it answers, once it is ready.
    private var pings: [PendingAnswer<Duration>] = []
    private var isClosed = false

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

    // MARK: Requests

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

    private func send(_ request: PluginRequest, to process: PluginProcess, due: ContinuousClock.Instant) {
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

    // MARK: What a process says

    func take(_ piece: PluginProcess.Piece, from process: PluginProcess, _ engine: PluginEngine) {
        switch piece {
        case .message(let json): take(json, from: process, engine)
        case .stray(let bytes): stray(bytes, process, engine, "it wrote a line that is no message")
        case .offence(let reason): offend(process, reason)
        }
    }

    private func take(_ json: JSON, from process: PluginProcess, _ engine: PluginEngine) {
        if let method = json["method"]?.stringValue { return asked(method, json, process, engine) }
        if json["id"]?.integerValue == 0, process.phase == .leaving { return process.closeInput() }
        guard let id = json["id"]?.integerValue, let pending = process.takePending(id) else {
            return stray(json.text.utf8.count, process, engine, "it answered what nobody asked")
        }
        process.missed = 0
        process.strayBytes = 0
        latency = (latency * 7 + (.now - pending.begun)) / 8
        let result: Result<JSON, any Error> =
            if let error = json["error"], error != .null {
                .failure(PluginRefusal.error(error, of: plugin))
            } else {
                .success(json["result"] ?? .null)
            }
        switch pending.kind {
        case .request(let request): request.done(result)
        case .initialize: initialized(result, process, engine)
        case .open(let token): if case .failure(let error) = result { refuse(token, error, process) }
        case .ping(let answer): answer.give(result.map { _ in .now - pending.begun })
        case .notice: break
        }
        leaveIfDone(process)
    }

    /// The process has something against a tenant's settings: what was asked right behind is refused with it.
    private func refuse(_ token: String, _ error: any Error, _ process: PluginProcess) {
        process.refusals[token] = error
        for request in process.takeRequests(of: token) { request.done(.failure(error)) }
    }

    private func asked(_ method: String, _ json: JSON, _ process: PluginProcess, _ engine: PluginEngine) {
        let params = json["params"] ?? .object([])
        if method == "log" {
            return log("\(params["level"]?.stringValue ?? "info"): \(params["message"]?.stringValue ?? "")", engine)
        }
        guard let id = json["id"], id.stringValue != nil || id.integerValue != nil else {
            return stray(json.text.utf8.count, process, engine, "it asked without an id")
        }
        process.asked()
        let serial = process.serial
        let call = params["call"]?.stringValue ?? ""
        guard let request = PluginID.request(ofCall: call).flatMap(process.request) else {
            let gone = ChannelRefusal.gone("gone", "no request with this call is in hand")
            return process.answered(PluginLine.answer(id, .failure(gone)))
        }
        let loop = engine.loop
        engine.surroundings.answer(method, params, request) { result in
            let line = PluginLine.answer(id, result)
            loop { $0.send(line, answerTo: serial) }
        }
    }

    private func initialized(_ result: Result<JSON, any Error>, _ process: PluginProcess, _ engine: PluginEngine) {
        switch result {
        case .failure(let error): offend(process, "it refused to begin: \(error)")
        case .success(let hello):
            guard hello["plugin"]?.stringValue == plugin, hello["api"]?.integerValue == PluginManifest.api else {
                return offend(process, "it says that it is another plugin, or speaks another version of the wire")
            }
            process.becomeReady()
            if process === next { succeed(engine) } else if next == nil { endReload(.success(generation)) }
            standing = .ready
            if key.tenant != nil { idleAt = .now + Self.idleTime }
            let all = waiting
            waiting = []
            for one in all { send(one.request, to: process, due: one.due) }
            let curious = pings
            pings = []
            for answer in curious { ping(answer, engine) }
            engine.surroundings.ready(plugin)
        }
    }

    private func stray(_ bytes: Int, _ process: PluginProcess, _ engine: PluginEngine, _ reason: String) {
        strays += 1
        process.strayBytes += bytes
        if process.strayBytes > Self.strayLimit { return offend(process, "it writes without being asked") }
        report(reason, engine)
    }

    /// The process did something that cannot be lived with; its end will be seen like any other.
    private func offend(_ process: PluginProcess, _ reason: String) {
        guard process.phase != .killed else { return }
        lastError = reason
        process.kill()
    }

    func log(_ line: String, _ engine: PluginEngine) {
        report(String(line.prefix(500)), engine)
    }

    private func report(_ text: String, _ engine: PluginEngine) {
        guard let dropped = lineAllowance.take() else { return }
        var fields = ["plugin": plugin, "text": text]
        if dropped > 0 { fields["dropped"] = String(dropped) }
        engine.surroundings.log("plugin", fields)
    }

    // MARK: Life of the processes

    private func start(_ engine: PluginEngine) {
        retryAt = nil
        do throws(ChildError) {
            current = try begin(engine)
            standing = .starting
        } catch {
            lastError = error.description
            failed(engine)
        }
    }

    private func begin(_ engine: PluginEngine) throws(ChildError) -> PluginProcess {
        generation += 1
        let process = try engine.start(program, generation: generation, for: self)
        let (id, generation) = (PluginID.next(), generation)
        let line = PluginLine.request(id, "initialize") { writer in
            writer.member("api", PluginManifest.api)
            writer.member("plugin", plugin)
            writer.member("version", program.manifest.descriptor.version)
            writer.member("generation", generation)
        }
        _ = process.send(line, id: id, .initialize, due: .now + Self.handshakeTime)
        return process
    }

    /// Lets another program take the place of the running one, as soon as it is ready.
    func install(_ program: PluginProgram, _ engine: PluginEngine) {
        self.program = program
        guard let current else {
            // It is started when it is needed, and whoever waits learns then.
            if standing == .backoff || standing == .quarantined { reset(engine) }
            return
        }
        guard current.phase == .ready else {
            // Nobody has asked it anything yet.
            self.current = nil
            current.kill()
            return start(engine)
        }
        next?.kill()
        do throws(ChildError) {
            next = try begin(engine)
        } catch {
            lastError = error.description
            endReload(.failure(PluginFailure.failed(plugin: plugin, reason: error.description)))
        }
    }

    /// Tells when the next process has taken over; at once when there is none to replace.
    func whenReloaded(_ answer: PendingAnswer<Int>) {
        if next == nil, standing != .starting { answer.give(.success(generation)) } else { reloads.append(answer) }
    }

    private func endReload(_ result: Result<Int, any Error>) {
        for answer in reloads { answer.give(result) }
        reloads = []
    }

    private func succeed(_ engine: PluginEngine) {
        let former = current
        current = next
        next = nil
        endReload(.success(generation))
        if let former { leaveIfDone(former) }
    }

    /// Lets a process go that has been replaced and has answered all.
    private func leaveIfDone(_ process: PluginProcess) {
        if process !== current, process !== next, process.pending.isEmpty { process.leave() }
    }

    /// Lets a quarantined plugin, or one that waits for its next start, try again.
    func reset(_ engine: PluginEngine) {
        failures = []
        retryAt = nil
        guard standing == .quarantined || standing == .backoff else { return }
        standing = .idle
        lastError = nil
        if !waiting.isEmpty { start(engine) }
    }

    /// Starts the process unless there is one.
    func wake(_ engine: PluginEngine) {
        if current == nil, retryAt == nil, standing != .quarantined { start(engine) }
    }

    /// Ends all processes.
    func close(_ engine: PluginEngine) {
        isClosed = true
        for one in waiting { one.request.done(.failure(PluginFailure.failed(plugin: plugin, reason: "it is ended"))) }
        waiting = []
        (retryAt, idleAt) = (nil, nil)
        current?.leave()
        next?.kill()
    }

    /// A process has ended.
    func ended(_ process: PluginProcess, _ end: ChildProcess.End, _ engine: PluginEngine) {
        let isExpected = process.phase != .ready && process.phase != .starting && process.phase != .killed
        let reason: String =
            process.phase == .killed ? lastError ?? "it was killed" : "it ended \(end.text)"
        for pending in process.takeAllPending() { fail(pending, reason) }
        if process === next {
            next = nil
            lastError = reason
            endReload(.failure(PluginFailure.failed(plugin: plugin, reason: reason)))
            return
        }
        guard process === current else { return }
        current = nil
        standing = .idle
        idleAt = nil
        if isExpected || isClosed {
            if !waiting.isEmpty, !isClosed { start(engine) }
            return
        }
        lastError = reason
        engine.surroundings.log("plugin ended", ["plugin": plugin, "reason": reason])
        if let heir = next {
            (current, next) = (heir, nil)
            standing = .starting
            return
        }
        endReload(.failure(PluginFailure.failed(plugin: plugin, reason: reason)))
        failed(engine)
    }

    /// Decides when it is tried again.
    private func failed(_ engine: PluginEngine) {
        let now = ContinuousClock.now
        for answer in pings {
            answer.give(.failure(PluginFailure.failed(plugin: plugin, reason: lastError ?? "it failed")))
        }
        pings = []
        restarts += 1
        failures = failures.filter { now - $0 < Self.failureWindow } + [now]
        guard failures.count < Self.failureLimit else {
            standing = .quarantined
            retryAt = nil
            engine.surroundings.log("plugin quarantined", ["plugin": plugin, "reason": lastError ?? ""])
            let all = waiting
            waiting = []
            for one in all { one.request.done(.failure(PluginFailure.quarantined(plugin: plugin))) }
            return
        }
        let pause = min(Self.longestPause, .milliseconds(500) * (1 << (failures.count - 1)))
        standing = .backoff
        retryAt = now + pause
        let all = waiting
        waiting = []
        for one in all { fail(one.request, lastError ?? "it failed") }
    }

    private func fail(_ pending: PluginProcess.Pending, _ reason: String) {
        switch pending.kind {
        case .request(let request): fail(request, reason)
        case .ping(let answer): answer.give(.failure(PluginFailure.failed(plugin: plugin, reason: reason)))
        case .initialize, .open, .notice: break
        }
    }

    private func fail(_ request: PluginRequest, _ reason: String) {
        request.done(.failure(PluginFailure.failed(plugin: plugin, reason: reason)))
    }

    // MARK: Time

    /// Something of a process is due.
    func lookAtTheClock(_ process: PluginProcess, _ now: ContinuousClock.Instant, _ engine: PluginEngine) {
        process.lookAtTheClock(now)
        for pending in process.takeExpired(now) {
            switch pending.kind {
            case .request(let request):
                process.missed += 1
                request.done(.failure(PluginFailure.deadline(plugin: plugin)))
            case .ping(let answer):
                process.missed += 1
                answer.give(.failure(PluginFailure.deadline(plugin: plugin)))
            case .initialize: offend(process, "it did not answer initialize within \(Self.handshakeTime)")
            case .open, .notice: break
            }
        }
        if process.isSuspect(now) { offend(process, "it closed its input or its output") }
        if process.missed >= Self.missedLimit { offend(process, "it does not answer") }
        leaveIfDone(process)
    }

    /// Something of the seat is due.
    func lookAtTheClock(_ now: ContinuousClock.Instant, _ engine: PluginEngine) {
        if let retryAt, retryAt <= now {
            self.retryAt = nil
            standing = .idle
            if !waiting.isEmpty { start(engine) } else { engine.surroundings.ready(plugin) }
        }
        let late = waiting.filter { $0.due <= now }
        waiting.removeAll { $0.due <= now }
        for one in late { one.request.done(.failure(PluginFailure.deadline(plugin: plugin))) }
        if let idleAt, idleAt <= now {
            self.idleAt = nil
            if let current, current.pending.isEmpty { current.leave() }
        }
    }
}

extension ChildProcess.End {
    /// For people.
    var text: String {
        switch self {
        case .exited(let code): "with exit code \(code)"
        case .signalled(let number): "by signal \(number)"
        case .unknown: "for a reason nobody knows"
        }
    }
}
