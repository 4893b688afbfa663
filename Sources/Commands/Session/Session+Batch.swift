internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Synchronization
internal import Wire

/// Requests that are applied in one transaction of one tenant, or not at all.
struct Batch: Sendable {
    /// The most requests, and the most bytes of all their arguments.
    static let limit = 1_000
    static let byteLimit = 8 << 20

    var tenant: Tenant?
    var work: [Verb.Write] = []
    /// How many requests were sent, refused ones included.
    var count = 0
    private var bytes = 0
    /// The first request that was refused; the batch is then lost.
    var failure: BatchFailure?
    var effects: [@Sendable () -> Void] = []

    /// Makes room for a request.
    ///
    /// - Throws: ``CommandError/batchTooBig``.
    mutating func admit(_ arguments: [Argument]) throws {
        guard count < Self.limit else { throw CommandError.batchTooBig }
        bytes += arguments.reduce(0) { $0 + $1.value.size }
        guard bytes <= Self.byteLimit else { throw CommandError.batchTooBig }
    }

    /// Takes a prepared request in.
    ///
    /// - Returns: Its place in the batch, counted from 0.
    /// - Throws: ``CommandError/batchOfTwoTenants``.
    mutating func add(_ prepared: Verb.Prepared, _ member: BatchMember) throws -> Int {
        let (verb, invocation) = (member.verb, member.invocation)
        if let own = self.tenant, own !== invocation.tenant { throw CommandError.batchOfTwoTenants }
        self.tenant = invocation.tenant
        switch prepared {
        case .read(let read): work.append { try read($0.reading) }
        case .write(let write):
            let keyed = KeyedWrite(invocation, verb, write)
            work.append { try keyed.run(in: $0) }
            if let whenDurable = verb.whenDurable { effects.append { whenDurable(invocation) } }
        case .answer(let reply): work.append { _ in reply }
        }
        defer { count += 1 }
        return count
    }

    /// Notes that a request was refused: the batch cannot be committed any more.
    mutating func lose(_ failure: Failure) {
        self.failure = self.failure ?? BatchFailure(index: count, failure: failure)
        count += 1
    }
}

extension Session {
    func beginBatch(_ request: Request, _ caller: Caller, _ tenant: Tenant?, _ id: Int) throws {
        let arguments = try Arguments(request.arguments, for: try services.table.verb("batch"))
        guard state.withLock({ $0.batch == nil }) else { throw CommandError.batchOpen }
        guard let requests = arguments.json("requests")?.arrayValue else {
            if case .json = request.framing { throw CommandError.missingArgument("requests") }
            state.withLock { $0.batch = Batch() }
            return finish(id, Reply(outcome: .ok(.emptyObject)))
        }
        try collect(requests, caller, tenant, id)
    }

    /// Takes all requests of a JSON batch in and commits them once the last is prepared.
    private func collect(_ requests: [JSON], _ caller: Caller, _ tenant: Tenant?, _ id: Int) throws {
        var batch = Batch()
        try tenant?.admit(requests: requests.count, of: caller)
        let members = try requests.enumerated().map { index, json in
            do {
                let (verb, arguments) = try Self.request(json, services.table, tenant)
                try batch.admit(arguments)
                return try BatchMember(arguments, verb, caller, tenant, services, uploads)
            } catch {
                throw BatchFailure(index: index, failure: Reply.failure(for: error))
            }
        }
        BatchMember.prepare(members) { [self, batch] results in
            var batch = batch
            for (index, (member, result)) in zip(members, results).enumerated() {
                do {
                    _ = try batch.add(try result.get(), member)
                } catch {
                    return refuse(BatchFailure(index: index, failure: Reply.failure(for: error)), id: id)
                }
            }
            commit(batch, id)
        }
    }

    /// One of a JSON batch's requests: {method, params}; it may name the batch's tenant once more.
    private static func request(_ json: JSON, _ table: VerbTable, _ tenant: Tenant?) throws -> (Verb, [Argument]) {
        guard let method = json["method"]?.stringValue else { throw CommandError.missingArgument("method") }
        let members = json["params"]?.objectValue ?? []
        if let name = json["params"]?["tenant"]?.stringValue, name != tenant?.name.description {
            throw CommandError.batchOfTwoTenants
        }
        let arguments = members.filter { $0.name != "tenant" }.map { Argument(name: $0.name, value: .json($0.value)) }
        return (try table.verb(method), arguments)
    }

    func collect(_ request: Request, _ verb: Verb, _ caller: Caller, _ tenant: Tenant?, _ id: Int) {
        do {
            let member = try state.withLock { [services, uploads] state in
                guard state.batch != nil else { throw CommandError.noBatch }
                try state.batch?.admit(request.arguments)
                return try BatchMember(request.arguments, verb, caller, tenant, services, uploads)
            }
            try member.prepare { [self] result in
                do {
                    let index = try state.withLock { state in
                        guard var batch = state.batch else { throw CommandError.noBatch }
                        defer { state.batch = batch }
                        return try batch.add(try result.get(), member)
                    }
                    finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("queued", index) })))
                } catch {
                    refuse(error, id: id)
                }
            }
        } catch {
            refuse(error, id: id)
        }
    }

    func commitBatch(_ id: Int) throws {
        let batch = state.withLock { state in
            defer { state.batch = nil }
            return state.batch
        }
        guard let batch else { throw CommandError.noBatch }
        if let failure = batch.failure { throw failure }
        commit(batch, id)
    }

    func cancelBatch(_ id: Int) throws {
        let batch = state.withLock { state in
            defer { state.batch = nil }
            return state.batch
        }
        guard let batch else { throw CommandError.noBatch }
        finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("cancelled", batch.count) })))
    }

    private func commit(_ batch: Batch, _ id: Int) {
        guard let tenant = batch.tenant else {
            return finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("results", JSON.array([])) })))
        }
        tenant.write { [self] transaction in
            var size = 0
            let results = try batch.work.enumerated().map { index, work in
                do {
                    let reply = try work(transaction)
                    size += reply.rows.reduce(0) { $0 + $1.bytes.count }
                    guard size <= Batch.byteLimit / 2 else { throw CommandError.batchTooBig }
                    return reply
                } catch let guess as WrongGuess {
                    let failure = BatchFailure(index: index, failure: Reply.failure(for: guess.cause))
                    throw WrongGuess(invocation: guess.invocation, cause: failure)
                } catch {
                    guard !transaction.isLost else { throw error }
                    throw BatchFailure(index: index, failure: Reply.failure(for: error))
                }
            }
            return { [self] in
                for effect in batch.effects { effect() }
                finish(id, Reply(outcome: .ok(.results(results))))
            }
        } failed: { [self] error in
            refuse(error, id: id)
        }
    }
}

extension JSONFragment {
    /// The answers to a batch, in the order of its requests.
    fileprivate static func results(_ replies: [Reply]) -> JSONFragment {
        JSONWriter.object { writer in
            writer.name("results")
            writer.beginArray()
            for reply in replies {
                switch reply.outcome {
                case .ok(let fragment): writer.fragment(fragment)
                case .list(let next, let extra):
                    writer.beginObject()
                    writer.name("rows")
                    writer.beginArray()
                    for row in reply.rows { writer.fragment(row) }
                    writer.endArray()
                    writer.member("next", next)
                    for member in extra { writer.member(member.name, member.value) }
                    writer.endObject()
                case .failed: writer.null()
                }
            }
            writer.endArray()
        }
    }
}

extension Argument.Value {
    /// About how many bytes the value has as text.
    fileprivate var size: Int {
        switch self {
        case .bare(let text): text.utf8.count
        case .json(let json): json.text.utf8.count
        }
    }
}
