internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Synchronization
internal import Wire

extension Session {
    /// Sees a request through: verb, tenant, role, arguments, work; each may refuse it, before any effect.
    func start(_ request: Request, id: Int) {
        do {
            let verb = try services.table.verb(request.verb)
            let (identity, bound) = state.withLock { ($0.identity, $0.tenant) }
            if case .session(.use) = verb.action { return try use(request, identity, id) }
            if case .session(.auth) = verb.action { return try auth(request, id) }
            guard let name = request.tenant.flatMap(TenantName.init) ?? bound ?? identity.ownTenant else {
                return try proceed(request, verb, tenant: nil, id)
            }
            try withTenant(name, identity, id) { [self] tenant in
                try proceed(request, verb, tenant: tenant, id)
            } otherwise: { [self] error in
                // What a verb for broken and archived tenants can do, it says itself.
                guard verb.worksWithoutTenant, case .operator = identity else { throw error }
                try proceed(request, verb, tenant: nil, missing: name, id)
            }
        } catch {
            refuse(error, id: id)
        }
    }

    /// Finds a tenant and goes on; on another thread when its folder must be read first.
    ///
    /// Who is not the operator learns nothing of what is wrong with a tenant, not even that there is none.
    ///
    /// Whoever is bound to the tenant was let in before, and learns why it is not there any more.
    func withTenant(
        _ name: TenantName, _ identity: Identity, _ id: Int, _ body: @escaping @Sendable (Tenant) throws -> Void,
        otherwise: @escaping @Sendable (any Error) throws -> Void = { throw $0 }
    ) throws {
        try identity.mayName(name)
        if let tenant = services.host.knownTenant(name) { return try body(tenant) }
        services.host.perform { [self] in
            do {
                let tenant: Tenant
                do {
                    tenant = try services.host.tenant(name)
                } catch {
                    let isBound = state.withLock { $0.tenant } == name || identity.ownTenant == name
                    if case .operator = identity { return try otherwise(error) }
                    throw isBound && error is HostError ? error : CommandError.forbidden
                }
                try body(tenant)
            } catch {
                refuse(error, id: id)
            }
        }
    }

    /// `name` is the tenant that cannot be worked in.
    private func proceed(
        _ request: Request, _ verb: Verb, tenant: Tenant?, missing name: TenantName? = nil, _ id: Int
    ) throws {
        let (identity, hasBatch) = state.withLock { state in
            state.setTenant(tenant, id)
            return (state.identity, state.batch != nil)
        }
        let caller =
            try tenant.map { tenant throws(CommandError) in try identity.caller(in: tenant, as: staff(in: tenant)) }
            ?? name.map { Caller(role: .operator, tenant: $0, actor: .operator, channel: nil) } ?? identity.caller()
        try tenant?.admit(requests: 1, of: caller)
        if hasBatch, !verb.worksOnBatch { return collect(request, verb, caller, tenant, id) }
        switch verb.action {
        case .session(.check): return try check(request, caller, tenant, id)
        case .session(.batch): return try beginBatch(request, caller, tenant, id)
        case .session(.commit):
            _ = try Arguments(request.arguments, for: verb)
            return try commitBatch(id)
        case .session(.cancel):
            _ = try Arguments(request.arguments, for: verb)
            return try cancelBatch(id)
        case .session(.unwatch):
            _ = try Arguments(request.arguments, for: verb)
            return try unwatch(id)
        case .session(.use), .session(.auth), .session(.watch), .server, .host, .configure, .read, .write, .prepared,
            .job, .hostJob:
            break
        }
        // What a JSON line calls the parameter "tenant" arrives as the request's tenant.
        let isNamed = verb.parameter("tenant") != nil
        let named = isNamed ? request.tenant.map { [Argument(name: "tenant", value: .bare($0))] } ?? [] : []
        let arguments = named.isEmpty ? request.arguments : named + request.arguments
        let plan = try Plan(arguments, verb, caller, tenant, services, uploads)
        plan.invocation?.noteLook(verb)
        switch plan {
        case .answer(let work): finish(id, try work())
        case .host(let work):
            services.host.perform { [self] in
                do { finish(id, try work()) } catch { refuse(error, id: id) }
            }
        case .configure(let invocation, let work):
            KeyedConfiguration(invocation, verb, work).carryOut { [self] result in
                do {
                    let reply = try result.get()
                    logAct(verb, invocation)
                    finish(id, reply)
                } catch {
                    refuse(error, id: id)
                }
            }
        case .read(let invocation, let work):
            read(invocation, work, id)
        case .write(let invocation, let work):
            state.withLock { $0.turns.enter(id) }
            takeTurn(id) { [self] in write(invocation, verb, work, id) { [self] in refuse($0, id: id) } }
        case .prepare(let invocation, let preparation):
            prepare(preparation, invocation, verb, id)
        case .job(let invocation, let work):
            try job(invocation, verb, work, request.framing, id)
        case .hostJob(let invocation, let work):
            hostJob(invocation, verb, work, request.framing, id)
        case .watch(let invocation):
            try watch(invocation, request.framing, id)
        }
    }

    /// Does what a request does once all before it have done so.
    private func takeTurn(_ id: Int, _ change: @escaping Turns.Change) {
        guard state.withLock({ $0.turns.take(id, change) }) else { return }
        while let change = state.withLock({ $0.turns.next() }) { change() }
    }

    /// Asks a channel for what a request does, and does it when its turn comes.
    private func prepare(
        _ preparation: @escaping Verb.Preparation, _ invocation: TenantInvocation, _ verb: Verb, _ id: Int
    ) {
        state.withLock { $0.turns.enter(id) }
        let proceed: Verb.Preparing = { [self] result in
            takeTurn(id) { [self] in
                carryOut(result, preparation, invocation, verb, id, attempts: Self.attempts)
            }
        }
        do {
            try preparation(proceed)
        } catch {
            proceed(.failure(error))
        }
    }

    /// How often a channel is asked again when what it decided does not hold in the transaction.
    private static let attempts = 3

    private func carryOut(
        _ result: Result<Verb.Prepared, any Error>, _ preparation: @escaping Verb.Preparation,
        _ invocation: TenantInvocation, _ verb: Verb, _ id: Int, attempts: Int
    ) {
        switch result {
        case .success(.read(let work)): read(invocation, work, id)
        case .success(.write(let work)):
            write(invocation, verb, work, id) { [self] error in
                guard error is ChannelConflict, attempts > 0 else { return refuse(error, id: id) }
                let again: Verb.Preparing = { [self] result in
                    carryOut(result, preparation, invocation, verb, id, attempts: attempts - 1)
                }
                do { try preparation(again) } catch { refuse(error, id: id) }
            }
        case .success(.answer(let reply)): finish(id, reply)
        case .failure(let error): refuse(error, id: id)
        }
    }

    private func read(_ invocation: TenantInvocation, _ work: @escaping Verb.Read, _ id: Int) {
        invocation.tenant.read { [self] transaction in
            let reply = try work(transaction)
            return { [self] in finish(id, reply) }
        } failed: { [self] error in
            refuse(error, id: id)
        }
    }

    private func write(
        _ invocation: TenantInvocation, _ verb: Verb, _ work: @escaping Verb.Write, _ id: Int,
        failed: @escaping @Sendable (any Error) -> Void
    ) {
        let keyed = KeyedWrite(invocation, verb, work)
        invocation.tenant.write { [self] transaction in
            let reply: Reply
            do {
                reply = try keyed.run(in: transaction)
            } catch let guess as WrongGuess {
                // In the same transaction: of many changes that share it, none goes past the limit.
                try guess.count(in: transaction)
                return { [self] in refuse(guess.cause, id: id) }
            }
            return { [self] in
                verb.whenDurable?(invocation)
                finish(id, reply)
            }
        } failed: { error in
            failed(error)
        }
    }

    /// `check <verb> …`: all of a request but its effect; a change is tried in its tenant and undone.
    private func check(_ request: Request, _ caller: Caller, _ tenant: Tenant?, _ id: Int) throws {
        var arguments = request.arguments
        guard let position = arguments.firstIndex(where: { $0.name == "verb" || $0.name == nil }) else {
            throw CommandError.missingArgument("verb")
        }
        let name: String
        switch arguments.remove(at: position).value {
        case .bare(let text), .json(.string(let text)): name = text
        case .json: throw CommandError.badValue("verb", "the name of a verb is needed")
        }
        let verb = try services.table.verb(name)
        let valid = Reply(
            outcome: .ok(
                JSONWriter.object { writer in
                    writer.member("verb", verb.name)
                    writer.member("valid", true)
                }))
        switch try Plan(arguments, verb, caller, tenant, services, uploads) {
        case .write(let invocation, let work):
            attempt(work, invocation, valid, id)
        case .prepare(let invocation, let prepare):
            try prepare { [self] result in
                switch result {
                case .success(.write(let work)): attempt(work, invocation, valid, id)
                case .success(.read), .success(.answer): finish(id, valid)
                case .failure(let error): refuse(error, id: id)
                }
            }
        case .configure(let invocation, let work):
            services.host.perform { [self] in
                do {
                    _ = try work(invocation.trial)
                    finish(id, valid)
                } catch {
                    refuse(error, id: id)
                }
            }
        case .answer, .host, .read, .job, .hostJob, .watch: finish(id, valid)
        }
    }

    /// Carries a change out and undoes it.
    private func attempt(_ work: @escaping Verb.Write, _ invocation: TenantInvocation, _ valid: Reply, _ id: Int) {
        invocation.tenant.write(isKept: false) { [self] transaction in
            _ = try work(transaction)
            return { [self] in finish(id, valid) }
        } failed: { [self] error in
            refuse(error, id: id)
        }
    }
}

extension Verb {
    /// Whether the verb works on an open batch instead of joining it.
    fileprivate var worksOnBatch: Bool {
        switch action {
        case .session(.commit), .session(.cancel), .session(.batch): true
        case .session(.use), .session(.auth), .session(.check), .session(.watch), .session(.unwatch), .server, .host,
            .configure, .read, .write, .prepared, .job, .hostJob:
            false
        }
    }

    /// Whether the verb makes sense where its tenant cannot be worked in.
    fileprivate var worksWithoutTenant: Bool {
        switch action {
        case .configure, .host, .hostJob: true
        case .server, .read, .write, .prepared, .job, .session: false
        }
    }
}
