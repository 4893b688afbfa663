internal import Hosting
internal import Registry
internal import StrictJSON
internal import Wire

extension Session {
    /// Carries out a verb in several steps on a thread of its own; every other line of the connection waits.
    ///
    /// A job that carries a key answers at once if it has been done; its answer is kept in a transaction of its own, so
    /// after a crash in between the change is there and the key is free.
    func job(
        _ invocation: TenantInvocation, _ verb: Verb, _ work: @escaping Job.Work, _ framing: Framing, _ id: Int
    ) throws {
        let output = beginOutput(framing, before: id)
        try services.host.startJob(of: invocation.tenant) { [self] in
            endOutput(output, id) {
                if Audit.about(verb, invocation.arguments) != nil {
                    // Before anything leaves, so that nobody hangs up in time.
                    try invocation.tenant.writeAndWait { try invocation.note(verb, in: $0) }
                }
                let kept = KeyedJob(invocation, verb)
                let reply = try kept.answer() ?? kept.keep(work(Job(invocation, output)))
                verb.whenDurable?(invocation)
                return reply
            }
        }
    }
}

/// The key that a job may carry.
private struct KeyedJob {
    private let invocation: TenantInvocation
    private let key: String?
    private let request: [UInt8]

    init(_ invocation: TenantInvocation, _ verb: Verb) {
        self.invocation = invocation
        key = invocation.arguments.text("key")
        request = key == nil ? [] : Array("\(verb.name) \(invocation.arguments.canonicalText)".utf8)
    }

    /// The answer given before, nil when there is none.
    ///
    /// - Throws: ``ReplayError/keyReused``.
    func answer() throws -> Reply? {
        guard let key else { return nil }
        let (caller, request) = (invocation.caller.keySpace, request)
        let answer = try invocation.tenant.writeAndWait { transaction in
            try ReplayStore(transaction).answer(to: key, of: caller, request: request)
        }
        return answer.map { Reply(outcome: .ok($0.adding("replayed", true))) }
    }

    /// Keeps an answer under the key.
    func keep(_ reply: Reply) throws -> Reply {
        guard let key, case .ok(let answer) = reply.outcome else { return reply }
        let (caller, request, at) = (invocation.caller.keySpace, request, invocation.at)
        try invocation.tenant.writeAndWait { transaction in
            try ReplayStore(transaction).remember(answer, to: key, of: caller, request: request, at: at)
        }
        return reply
    }
}
