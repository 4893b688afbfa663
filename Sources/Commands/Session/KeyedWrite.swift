internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// A change that may carry a key: repeated with the same key, it gives the same answer and changes nothing.
struct KeyedWrite: Sendable {
    private let invocation: TenantInvocation
    private let verb: Verb
    private let work: Verb.Write
    private let key: String?
    private let request: [UInt8]

    init(_ invocation: TenantInvocation, _ verb: Verb, _ work: @escaping Verb.Write) {
        self.invocation = invocation
        self.verb = verb
        self.work = work
        key = invocation.arguments.text("key")
        request = key == nil ? [] : Array("\(verb.name) \(invocation.arguments.canonicalText)".utf8)
    }

    /// - Throws: ``ReplayError/keyReused``, or what the change throws; a refused change leaves its key free.
    func run(in transaction: WriteTransaction) throws -> Reply {
        guard let key else { return try change(transaction) }
        let store = ReplayStore(transaction)
        let caller = invocation.caller.keySpace
        if let answer = try store.answer(to: key, of: caller, request: request) {
            return Reply(outcome: .ok(answer.adding("replayed", true)))
        }
        let reply = try change(transaction)
        if case .ok(let answer) = reply.outcome {
            try store.remember(answer, to: key, of: caller, request: request, at: invocation.at)
        }
        return reply
    }

    private func change(_ transaction: WriteTransaction) throws -> Reply {
        let reply = try work(transaction)
        try invocation.note(verb, in: transaction)
        return reply
    }
}
