internal import Hosting
internal import Synchronization
internal import Wire

/// A request of a batch, checked, on its way to what it does.
struct BatchMember: Sendable {
    let verb: Verb
    let invocation: TenantInvocation
    /// Asks a channel, if need be, for what the request does.
    let prepare: Verb.Preparation

    /// - Throws: ``CommandError/notInBatch(_:)``, and what is wrong with the request.
    init(
        _ arguments: [Argument], _ verb: Verb, _ caller: Caller, _ tenant: Tenant?, _ services: Services,
        _ uploads: Uploads
    ) throws {
        self.verb = verb
        switch try Plan(arguments, verb, caller, tenant, services, uploads) {
        case .read(let invocation, let work):
            self.invocation = invocation
            prepare = { $0(.success(.read(work))) }
        case .write(let invocation, let work):
            self.invocation = invocation
            prepare = { $0(.success(.write(work))) }
        case .prepare(let invocation, let preparation):
            self.invocation = invocation
            prepare = preparation
        case .answer, .host, .configure, .job, .hostJob, .watch: throw CommandError.notInBatch(verb.name)
        }
        invocation.noteLook(verb)
    }

    /// Prepares all at the same time and hands the results over once, in the order of the members.
    static func prepare(
        _ members: [BatchMember], done: @escaping @Sendable ([Result<Verb.Prepared, any Error>]) -> Void
    ) {
        guard !members.isEmpty else { return done([]) }
        let results = Mutex<[Int: Result<Verb.Prepared, any Error>]>([:])
        let note: @Sendable (Int, Result<Verb.Prepared, any Error>) -> Void = { index, result in
            let all = results.withLock { results in
                results[index] = result
                return results.count == members.count ? results : nil
            }
            if let all { done(members.indices.compactMap { all[$0] }) }
        }
        for (index, member) in members.enumerated() {
            do {
                try member.prepare { note(index, $0) }
            } catch {
                note(index, .failure(error))
            }
        }
    }
}
