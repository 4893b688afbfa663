internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import Wire

/// A verb of the protocol: one entry of the table that drives parsing, authorisation, help and schema.
///
/// A class, so that requests share the entry.
final class Verb: Sendable {
    typealias Read = @Sendable (ReadTransaction) throws -> Reply
    typealias Write = @Sendable (WriteTransaction) throws -> Reply

    /// What is left of a verb once it is prepared.
    enum Prepared: Sendable {
        case read(Read)
        case write(Write)
        case answer(Reply)
    }
    /// Takes what came of a preparation, once, on any thread.
    typealias Preparing = @Sendable (Result<Prepared, any Error>) -> Void

    /// Asks a channel for what a request does.
    typealias Preparation = @Sendable (@escaping Preparing) throws -> Void

    /// How a verb is carried out; each takes checked arguments and says what is wrong with them before any effect.
    enum Action: Sendable {
        /// Answered at once, without a tenant; must not block.
        case server(@Sendable (Invocation) throws -> Reply)
        /// Answered by one of the host's threads.
        case host(@Sendable (Invocation) throws -> Reply)
        /// Changes the host or a tenant's configuration, on one of the host's threads.
        case configure(@Sendable (Invocation) throws -> Reply)
        /// Looks at the tenant's registry.
        case read(@Sendable (TenantInvocation) throws -> Read)
        /// Changes the tenant's registry.
        case write(@Sendable (TenantInvocation) throws -> Write)
        /// Asks a channel first, which may take a while, and then looks at the tenant's registry or changes it.
        case prepared(isChanging: Bool, @Sendable (TenantInvocation, @escaping Preparing) throws -> Void)
        /// Looks at the tenant's registry and changes it in several steps, and may send rows and progress meanwhile.
        case job(isChanging: Bool, @Sendable (TenantInvocation) throws -> Job.Work)
        /// Works on tenants' files as a whole, and may send rows and progress meanwhile.
        case hostJob(isChanging: Bool, @Sendable (Invocation) throws -> HostJob.Work)
        /// Changes the connection's own state.
        case session(SessionVerb)
    }

    let name: String
    /// The name up to its point.
    let noun: String
    let summary: String
    /// Who may, besides the operator, who always may.
    let roles: Set<Role>
    let parameters: [Parameter]
    /// What arguments with other names are; nil when there are none.
    let others: String?
    let action: Action
    /// What else is to be done once a change is durable.
    let whenDurable: (@Sendable (TenantInvocation) -> Void)?
    /// Whether the answer may be kept under a key; not when it holds a secret.
    let isKeyed: Bool
    /// The arguments that its own entry in the audit log repeats; nil where it gets none.
    let toldArguments: [String]?

    init(
        _ name: String, _ summary: String, roles: Set<Role>, _ parameters: [Parameter], others: String? = nil,
        _ action: Action, isKeyed: Bool = true,
        whenDurable: (@Sendable (TenantInvocation) -> Void)? = nil
    ) {
        self.name = name
        noun = String(name.prefix { $0 != "." })
        self.summary = summary
        self.roles = roles
        self.parameters = parameters
        self.others = others
        self.action = action
        self.whenDurable = whenDurable
        self.isKeyed = isKeyed
        toldArguments = Audit.told[name]
    }

    /// A verb without parameters.
    convenience init(_ name: String, _ summary: String, roles: Set<Role>, _ action: Action) {
        self.init(name, summary, roles: roles, [], action)
    }

    var takesOthers: Bool { others != nil }

    /// Whether the verb changes what is kept; it may then carry a key.
    var isChanging: Bool {
        switch action {
        case .write, .configure: true
        case .job(let isChanging, _), .prepared(let isChanging, _), .hostJob(let isChanging, _): isChanging
        case .server, .host, .read, .session: false
        }
    }

    /// Whether the verb changes a tenant's registry, in a transaction that it may share.
    var isTransactional: Bool {
        switch action {
        case .write: true
        case .prepared(let isChanging, _): isChanging
        case .server, .host, .configure, .read, .job, .hostJob, .session: false
        }
    }

    /// Whether an answer comes in pieces, or goes on.
    var isStreaming: Bool {
        switch action {
        case .job, .hostJob: true
        case .session(let verb): verb == .watch
        case .server, .host, .configure, .read, .write, .prepared: false
        }
    }

    /// Whether the verb works on one tenant's registry.
    var needsTenant: Bool {
        switch action {
        case .read, .write, .job, .prepared: true
        case .session(let verb): verb == .watch
        case .server, .host, .configure, .hostJob: false
        }
    }

    private var takesKey: Bool { isChanging && isKeyed }

    /// The verb's own parameters and those that all changing verbs share.
    var allParameters: [Parameter] { takesKey ? parameters + [Self.key] : parameters }

    func parameter(_ name: String) -> Parameter? {
        if takesKey, name == "key" { return Self.key }
        return parameters.first { $0.name == name }
    }

    private static let key = Parameter.optional(
        "key", .text, "makes the change idempotent for a week: the same key and request, the same answer")
}

/// Verbs that change the connection itself.
enum SessionVerb: Sendable {
    case use
    case auth
    case check
    case batch
    case commit
    case cancel
    case watch
    case unwatch
}
