internal import ChannelKit
internal import StrictJSON

/// How the processes of a seat begin and end.
extension PluginSeat {
    func start(_ engine: PluginEngine) {
        retryAt = nil
        do throws(ChildError) {
            current = try begin(engine)
            standing = .starting
        } catch {
            lastError = error.description
            failed(engine)
        }
    }

    func begin(_ engine: PluginEngine) throws(ChildError) -> PluginProcess {
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

    func endReload(_ result: Result<Int, any Error>) {
        for answer in reloads { answer.give(result) }
        reloads = []
    }

    func succeed(_ engine: PluginEngine) {
        let former = current
        current = next
        next = nil
        endReload(.success(generation))
        if let former { leaveIfDone(former) }
    }

    /// Lets a process go that has been replaced and has answered all.
    func leaveIfDone(_ process: PluginProcess) {
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
            process.phase == .killed
            ? lastError ?? "it was killed" : "it ended \(end.text(process.program.manifest.limits))"
        for pending in process.takeAllPending() { fail(pending, reason, isItsFault: !isExpected && !isClosed) }
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
        lastWords = process.lastWords
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
    func failed(_ engine: PluginEngine) {
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
        standing = .backoff
        retryAt = now + engine.surroundings.pauses.after(failures.count)
        let all = waiting
        waiting = []
        for one in all { fail(one.request, lastError ?? "it failed") }
    }

    /// The end of what a process had in hand; its fault where nobody wanted it to end.
    func fail(_ pending: PluginProcess.Pending, _ reason: String, isItsFault: Bool) {
        switch pending.kind {
        case .request(let request):
            guard isItsFault else { return fail(request, reason) }
            request.done(.failure(PluginFailure.failedOn(plugin: plugin, reason: reason)))
        case .ping(let answer): answer.give(.failure(PluginFailure.failed(plugin: plugin, reason: reason)))
        case .initialize, .open, .notice: break
        }
    }

    func fail(_ request: PluginRequest, _ reason: String) {
        request.done(.failure(PluginFailure.failed(plugin: plugin, reason: reason)))
    }

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
        for one in late { one.request.done(.failure(PluginFailure.late(plugin: plugin))) }
        if let idleAt, idleAt <= now {
            self.idleAt = nil
            if let current, current.pending.isEmpty { current.leave() }
        }
    }
}
