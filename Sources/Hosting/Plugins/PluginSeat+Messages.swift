internal import ChannelKit
internal import StrictJSON

/// What the processes of a seat say.
extension PluginSeat {
    func take(_ piece: PluginProcess.Piece, from process: PluginProcess, _ engine: PluginEngine) {
        switch piece {
        case .message(let json): take(json, from: process, engine)
        case .stray(let bytes): stray(bytes, process, engine, "it wrote a line that is no message")
        case .offence(let reason): offend(process, reason)
        }
    }

    func take(_ json: JSON, from process: PluginProcess, _ engine: PluginEngine) {
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
        if case .failure(let failure as PluginFailure) = result { lastError = failure.reason }
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
    func refuse(_ token: String, _ error: any Error, _ process: PluginProcess) {
        process.refusals[token] = error
        for request in process.takeRequests(of: token) { request.done(.failure(error)) }
    }

    func asked(_ method: String, _ json: JSON, _ process: PluginProcess, _ engine: PluginEngine) {
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

    func initialized(_ result: Result<JSON, any Error>, _ process: PluginProcess, _ engine: PluginEngine) {
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

    func stray(_ bytes: Int, _ process: PluginProcess, _ engine: PluginEngine, _ reason: String) {
        strays += 1
        process.strayBytes += bytes
        if process.strayBytes > Self.strayLimit { return offend(process, "it writes without being asked") }
        report(reason, engine)
    }

    /// The process did something that cannot be lived with; its end will be seen like any other.
    func offend(_ process: PluginProcess, _ reason: String) {
        guard process.phase != .killed else { return }
        lastError = reason
        process.kill()
    }

    func log(_ line: String, _ engine: PluginEngine) {
        report(String(line.prefix(500)), engine)
    }

    func report(_ text: String, _ engine: PluginEngine) {
        guard let dropped = lineAllowance.take() else { return }
        var fields = ["plugin": plugin, "text": text]
        if dropped > 0 { fields["dropped"] = String(dropped) }
        engine.surroundings.log("plugin", fields)
    }
}
