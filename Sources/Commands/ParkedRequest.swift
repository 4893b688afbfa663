internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

extension TenantInvocation {
    /// Looks what is parked for a channel, in case that this request is now; only what is durable is found.
    func ringForParked(_ channel: String) {
        guard profile.installedChannel(channel)?.isImmediate == false else { return }
        services.host.ringPlugin(channel, of: tenant.name)
    }

    /// Keeps a request that its channel could not be asked about, to be carried out once it can.
    func park(
        _ verb: String, for channel: String, _ reason: ChannelUnavailable, _ transaction: WriteTransaction
    ) throws -> Reply {
        let request = JSONFragment(of: try JSON(parsing: arguments.canonicalText))
        let number = try ParkedInputWriter(transaction, occasion).park(
            verb, request, of: channel, reason: reason.description)
        return Reply(
            outcome: .ok(
                JSONWriter.object { writer in
                    writer.member("parked", number)
                    writer.member("channel", channel)
                    writer.member("reason", reason.description)
                }))
    }
}

/// Carries out what was parked for a channel in a tenant, oldest first, as its callers would have.
struct ParkedReplay: Sendable {
    /// What the channel failed of so often is set aside, for what waits behind it.
    ///
    /// Fewer than the failures after which a plugin is left alone.
    private static let tryLimit = 3

    private let services: Services
    private let tenant: Tenant
    private let channel: String

    init(_ services: Services, _ tenant: Tenant, _ channel: String) {
        self.services = services
        self.tenant = tenant
        self.channel = channel
    }

    /// Goes on until nothing waits any more, or the channel still cannot be asked.
    func run(_ done: @escaping @Sendable ((any Error)?) -> Void) {
        tenant.read { [channel] transaction in
            let input = try ParkedInputReader(transaction).first(of: channel)
            return { [self] in
                guard let input else { return done(nil) }
                carryOut(input, attempts: 3, done)
            }
        } failed: { error in
            done(error)
        }
    }

    private func carryOut(
        _ input: ParkedInput, attempts: Int, _ done: @escaping @Sendable ((any Error)?) -> Void
    ) {
        let settle: @Sendable (any Error) -> Void = { [self] error in
            if let error = error as? ChannelUnavailable {
                return error.wasAsked ? tried(input, error, done) : done(error)
            }
            if error is ChannelConflict, attempts > 0 { return carryOut(input, attempts: attempts - 1, done) }
            if let error = error as? ParkedInputError, error == .notWaiting { return run(done) }
            reject(input, error, done)
        }
        do {
            try prepare(input) { [self] result in
                switch result {
                case .failure(let error): settle(error)
                case .success(.write(let work)): write(input, work, settle, done)
                case .success(.read), .success(.answer): write(input, nil, settle, done)
                }
            }
        } catch {
            settle(error)
        }
    }

    private func write(
        _ input: ParkedInput, _ work: Verb.Write?, _ settle: @escaping @Sendable (any Error) -> Void,
        _ done: @escaping @Sendable ((any Error)?) -> Void
    ) {
        let occasion = occasion(of: input)
        tenant.write { transaction in
            _ = try work?(transaction)
            try ParkedInputWriter(transaction, occasion).done(input.number)
            return { [self] in run(done) }
        } failed: { error in
            settle(error)
        }
    }

    private func prepare(_ input: ParkedInput, _ prepared: @escaping Verb.Preparing) throws {
        let verb = try services.table.verb(input.verb)
        guard case .prepared(_, let prepare) = verb.action else {
            throw CommandError.unknownVerb(input.verb, suggestion: nil)
        }
        let members = try JSON(parsing: input.request.bytes).objectValue ?? []
        let arguments = try Arguments(members.map { Argument(name: $0.name, value: .json($0.value)) }, for: verb)
        let caller = Caller(role: .operator, tenant: tenant.name, actor: input.actor, channel: nil)
        let invocation = TenantInvocation(
            arguments: arguments, caller: caller, services: services, tenant: tenant, profile: tenant.profile,
            uploads: Uploads(), at: input.at, isReplay: true)
        try prepare(invocation, prepared)
    }

    /// The channel failed with the request in hand: it waits on, unless that has happened too often.
    private func tried(
        _ input: ParkedInput, _ failure: ChannelUnavailable, _ done: @escaping @Sendable ((any Error)?) -> Void
    ) {
        let occasion = occasion(of: input)
        tenant.write { transaction in
            let writer = ParkedInputWriter(transaction, occasion)
            let tries = try writer.tried(input.number)
            guard tries >= Self.tryLimit else { return { done(failure) } }
            try writer.reject(
                input.number, reason: "\(failure.slug): \(failure.description), \(tries) times")
            return { [self] in run(done) }
        } failed: { [self] error in
            if let error = error as? ParkedInputError, error == .notWaiting { return run(done) }
            done(error)
        }
    }

    /// What is refused stays, with the reason, for somebody to look at.
    private func reject(
        _ input: ParkedInput, _ error: any Error, _ done: @escaping @Sendable ((any Error)?) -> Void
    ) {
        let failure = Reply.failure(for: error)
        let occasion = occasion(of: input)
        tenant.write { transaction in
            try ParkedInputWriter(transaction, occasion).reject(
                input.number, reason: "\(failure.slug): \(failure.message)")
            return { [self] in run(done) }
        } failed: { error in
            done(error)
        }
    }

    private func occasion(of input: ParkedInput) -> Occasion {
        Occasion(shop: tenant.profile.shop, at: input.at, actor: input.actor)
    }
}
