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

    /// Takes a request in.
    ///
    /// - Returns: Its place in the batch, counted from 0.
    /// - Throws: What is wrong with it.
    mutating func add(
        _ arguments: [Argument], _ verb: Verb, _ caller: Caller, _ tenant: Tenant?, _ services: Services,
        _ uploads: Uploads
    ) throws -> Int {
        let index = count
        guard count < Self.limit else { throw CommandError.batchTooBig }
        bytes += arguments.reduce(0) { $0 + $1.value.size }
        guard bytes <= Self.byteLimit else { throw CommandError.batchTooBig }
        let invocation: TenantInvocation
        switch try Plan(arguments, verb, caller, tenant, services, uploads) {
        case .read(let planned, let read):
            invocation = planned
            work.append { try read($0.reading) }
        case .write(let planned, let write):
            invocation = planned
            let keyed = KeyedWrite(planned, verb, write)
            work.append { try keyed.run(in: $0) }
            if let whenDurable = verb.whenDurable { effects.append { whenDurable(planned) } }
        case .answer, .host, .configure, .job, .watch: throw CommandError.notInBatch(verb.name)
        }
        if let own = self.tenant, own !== invocation.tenant { throw CommandError.batchOfTwoTenants }
        self.tenant = invocation.tenant
        count += 1
        return index
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
        var batch = Batch()
        for (index, json) in requests.enumerated() {
            do {
                let (verb, arguments) = try Self.request(json, services.table, tenant)
                _ = try batch.add(arguments, verb, caller, tenant, services, uploads)
            } catch {
                throw BatchFailure(index: index, failure: Reply.failure(for: error))
            }
        }
        commit(batch, id)
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
        let (services, uploads) = (services, uploads)
        let result = state.withLock { state -> Result<Int, any Error> in
            guard var batch = state.batch else { return .failure(CommandError.noBatch) }
            defer { state.batch = batch }
            return Result { try batch.add(request.arguments, verb, caller, tenant, services, uploads) }
        }
        do {
            let index = try result.get()
            finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("queued", index) })))
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
                } catch {
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
