internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Wire

/// A change of configuration that may carry a key; the answer is kept in the registry of the tenant it concerns.
///
/// The configuration is a file of its own, so change and answer are not one transaction: after a crash between the two
/// the change is there and the key is free.
struct KeyedConfiguration: Sendable {
    typealias Completion = @Sendable (Result<Reply, any Error>) -> Void

    private let invocation: Invocation
    private let verb: Verb
    private let work: @Sendable (Invocation) throws -> Reply
    private let key: String?
    private let request: [UInt8]

    init(_ invocation: Invocation, _ verb: Verb, _ work: @escaping @Sendable (Invocation) throws -> Reply) {
        self.invocation = invocation
        self.verb = verb
        self.work = work
        key = invocation.arguments.text("key")
        request = key == nil ? [] : Array("\(verb.name) \(invocation.arguments.canonicalText)".utf8)
    }

    /// Does it on the host's threads and tells how it went.
    func carryOut(_ completion: @escaping Completion) {
        invocation.services.host.performChange {
            guard let key, let tenant else { return change(completion) }
            tenant.write { transaction in
                let store = ReplayStore(transaction)
                let answer = try store.answer(to: key, of: invocation.caller.keySpace, request: request)
                return {
                    if let answer { return completion(.success(Reply(outcome: .ok(answer.adding("replayed", true))))) }
                    invocation.services.host.performChange { change(completion) }
                }
            } failed: { error in
                completion(.failure(error))
            }
        }
    }

    private func change(_ completion: @escaping Completion) {
        let result = Result { try work(invocation) }
        let about = Audit.about(verb, invocation.arguments)
        guard key != nil || about != nil, let tenant, case .success(let reply) = result,
            case .ok(let answer) = reply.outcome
        else { return completion(result) }
        let occasion = Occasion(
            shop: tenant.profile.shop, at: invocation.services.host.now(), actor: invocation.caller.actor)
        tenant.write { transaction in
            if let key {
                try ReplayStore(transaction).remember(
                    answer, to: key, of: invocation.caller.keySpace, request: request, at: occasion.at)
            }
            if let about {
                try AuditWriter(transaction, occasion).note(
                    verb.name, by: invocation.caller.role.rawValue, about: about)
            }
            return { completion(result) }
        } failed: { error in
            // The change is made all the same; only it is not noted, and its repetition will not be recognised.
            Reply.log(error)
            completion(result)
        }
    }

    /// The tenant the change concerns; nil when there is none, or not yet.
    ///
    /// Blocks.
    private var tenant: Tenant? {
        let name = invocation.arguments.text("name").flatMap(TenantName.init) ?? invocation.caller.tenant
        // A tenant that cannot be read has no answers; what is wrong with it the change itself will say.
        return name.flatMap { try? invocation.services.host.tenant($0) }
    }
}
