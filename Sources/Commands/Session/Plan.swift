internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Wire

/// A request that has been authorised and validated, ready to be carried out.
enum Plan {
    case answer(@Sendable () throws -> Reply)
    case host(@Sendable () throws -> Reply)
    case configure(Invocation, @Sendable (Invocation) throws -> Reply)
    case read(TenantInvocation, Verb.Read)
    case write(TenantInvocation, Verb.Write)
    case prepare(TenantInvocation, Verb.Preparation)
    case job(TenantInvocation, Job.Work)
    case hostJob(Invocation, HostJob.Work)
    case watch(TenantInvocation)

    /// What is carried out in a tenant's registry; nil for what is not.
    var invocation: TenantInvocation? {
        switch self {
        case .read(let invocation, _), .write(let invocation, _), .prepare(let invocation, _),
            .job(let invocation, _), .watch(let invocation):
            invocation
        case .answer, .host, .configure, .hostJob: nil
        }
    }

    /// - Throws: ``CommandError``, ``HostError/suspended``, ``LimitError``, or what the verb says is wrong with its arguments.
    init(
        _ written: [Argument], _ verb: Verb, _ caller: Caller, _ tenant: Tenant?, _ services: Services,
        _ uploads: Uploads
    ) throws {
        guard caller.role == .operator || verb.roles.contains(caller.role) else {
            throw caller.role == .none && tenant == nil ? CommandError.unauthenticated : CommandError.forbidden
        }
        let arguments = try Arguments(written, for: verb)
        func plain() -> Invocation {
            Invocation(arguments: arguments, caller: caller, services: services, uploads: uploads)
        }
        switch verb.action {
        case .server(let work):
            let invocation = plain()
            self = .answer { try work(invocation) }
        case .host(let work):
            try Self.refuseSuspended(tenant, caller)
            let invocation = plain()
            self = .host { try work(invocation) }
        case .configure(let work):
            try Self.refuseSuspended(tenant, caller)
            self = .configure(plain(), work)
        case .read(let prepare):
            let invocation = try Self.invocation(arguments, verb, caller, tenant, services, uploads)
            self = .read(invocation, try prepare(invocation))
        case .write(let prepare):
            let invocation = try Self.invocation(arguments, verb, caller, tenant, services, uploads)
            self = .write(invocation, try prepare(invocation))
        case .prepared(_, let prepare):
            let invocation = try Self.invocation(arguments, verb, caller, tenant, services, uploads)
            self = .prepare(invocation) { try prepare(invocation, $0) }
        case .job(_, let prepare):
            let invocation = try Self.invocation(arguments, verb, caller, tenant, services, uploads)
            self = .job(invocation, try prepare(invocation))
        case .hostJob(_, let prepare):
            try Self.refuseSuspended(tenant, caller)
            let invocation = plain()
            self = .hostJob(invocation, try prepare(invocation))
        case .session(.watch):
            self = .watch(try Self.invocation(arguments, verb, caller, tenant, services, uploads))
        case .session(.use), .session(.auth), .session(.check), .session(.batch), .session(.commit), .session(.cancel),
            .session(.unwatch):
            throw CommandError.notChecked(verb.name)
        }
    }

    /// Only the operator may look at a suspended tenant's configuration, or change it.
    private static func refuseSuspended(_ tenant: Tenant?, _ caller: Caller) throws(HostError) {
        if let tenant, caller.role != .operator, tenant.profile.configuration.isSuspended { throw .suspended }
    }

    private static func invocation(
        _ arguments: Arguments, _ verb: Verb, _ caller: Caller, _ tenant: Tenant?, _ services: Services,
        _ uploads: Uploads
    ) throws -> TenantInvocation {
        guard let tenant else { throw CommandError.tenantMissing }
        let profile = tenant.profile
        guard !profile.configuration.isSuspended else { throw HostError.suspended }
        let invocation = TenantInvocation(
            arguments: arguments, caller: caller, services: services, tenant: tenant, profile: profile,
            uploads: uploads, at: services.host.now(), isBounded: caller.role != .operator && verb.isBounded)
        try invocation.requireRoom()
        return invocation
    }
}
