internal import ChannelKit
internal import Registry
internal import StrictJSON

/// A channel of one tenant whose plugin runs in a process of its own.
struct ChildChannel: Channel {
    private let manifest: PluginManifest
    private let tenant: PluginTenant
    private let loop: PluginLoop

    init(_ manifest: PluginManifest, _ tenant: PluginTenant, _ loop: PluginLoop) {
        self.manifest = manifest
        self.tenant = tenant
        self.loop = loop
    }

    var descriptor: ChannelDescriptor { manifest.descriptor }

    var isImmediate: Bool { false }

    func translate(
        _ details: Details, into draft: OrderDraft, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<Translation, any Error>) -> Void
    ) {
        let descriptor = descriptor
        ask("translate", manifest.hooks.translate, occasion) { writer in
            writer.name("order")
            draft.write(to: &writer)
            writer.member("details", draft.details)
        } read: { result in
            var draft = draft
            if let members = try result.object("order") {
                try draft.complete(with: members, of: descriptor, occasion)
            }
            if !draft.isStateGiven, draft.channelState == nil, let first = descriptor.states.first {
                (draft.state, draft.channelState) = (first.state, first.name)
            }
            let effects = try PluginEffects(result, of: descriptor, occasion)
            return Translation(draft) { _, _ in
                effects.warnings
            } record: { registration, _, transaction in
                let references = PluginReferences(order: registration.order, customer: registration.match.customer)
                _ = try effects.apply(transaction, references)
            }
        } done: {
            done($0)
        }
    }

    func revise(
        _ details: Details, _ change: OrderChange, of order: Order, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<Revision, any Error>) -> Void
    ) {
        let descriptor = descriptor
        ask("revise", manifest.hooks.revise, occasion) { writer in
            writer.member("order", JSONFragment.order(order, lines: nil))
            writer.member("before", order.details)
            writer.name("change")
            writer.beginObject()
            writer.member("state", change.state?.rawValue)
            writer.member("channel_state", change.channelState)
            writer.member("details", change.details != nil)
            writer.member("named", change.namedDetails.sorted())
            writer.endObject()
            writer.member("details", details.json)
        } read: { result in
            var change = change
            if let members = try result.object("change") {
                try change.complete(with: members, of: descriptor, in: order.amounts.total.currency)
            }
            let effects = try PluginEffects(result, of: descriptor, occasion)
            return Revision(change) { order, transaction in
                _ = try effects.apply(
                    transaction, PluginReferences(order: order.id, customer: order.match.customer))
            }
        } done: { result in
            if case .failure(let error) = result, error is PluginRefusal.NoSuchMethod {
                return done(.success(Revision(change)))
            }
            done(result)
        }
    }

    func perform(
        _ verb: String, _ arguments: Details, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<ChannelWork, any Error>) -> Void
    ) {
        guard let declaration = manifest.verbs.first(where: { $0.name == verb }) else {
            return done(.failure(PluginFailure.unknown(verb)))
        }
        let descriptor = descriptor
        ask("perform", manifest.hooks.perform, occasion) { writer in
            writer.member("verb", verb)
            writer.member("arguments", arguments.json)
        } read: { result in
            let effects = try PluginEffects(result, of: descriptor, occasion)
            guard declaration.isChanging else {
                guard effects.isEmpty else { throw result.bad(nil, "a verb that changes nothing has no effects") }
                return .answer(try result.reply(PluginReferences()))
            }
            _ = try result.reply(nil)
            return .write { transaction in try result.reply(effects.apply(transaction, PluginReferences())) }
        } done: {
            done($0)
        }
    }

    func wake(_ occasion: Occasion, _ done: @escaping @Sendable (Result<ChannelWaking, any Error>) -> Void) {
        let descriptor = descriptor
        ask("wake", manifest.hooks.wake, occasion) { _ in
        } read: { result -> ChannelWaking in
            let effects = try PluginEffects(result, of: descriptor, occasion)
            return { transaction in _ = try effects.apply(transaction, PluginReferences()) }
        } done: { result in
            if case .failure(let error) = result, error is PluginRefusal.NoSuchMethod { return done(.success { _ in }) }
            done(result)
        }
    }

    /// The details as they are: a plugin tells all it wants to be read in them.
    func completed(_ details: Details, of order: Order, _ services: ChannelServices) -> Details { details }

    func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        manifest.lines.compactMap { line in
            let texts = line.path.values(in: details.json).compactMap(\.plainText)
            return texts.isEmpty ? nil : DetailLine(line.label, texts.joined(separator: ", "))
        }
    }

    func product(_ sku: String, _ services: ChannelServices) throws -> Product? {
        try services.productSold(sku)
    }

    /// Nothing: a plugin learns of changes by the events it asked for.
    func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {}

    /// Tells the plugin what happened, and hands over what it wants done and the last entry it has dealt with.
    func deliver(
        _ entries: [TimelineEntry], _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<(effects: PluginEffects, seq: Int64), any Error>) -> Void
    ) {
        let descriptor = descriptor
        ask("deliver", manifest.hooks.deliver, occasion) { writer in
            writer.name("events")
            writer.beginArray()
            for entry in entries {
                writer.beginObject()
                writer.member("seq", entry.seq)
                writer.member("at", entry.at.text)
                writer.member("topic", entry.topic)
                writer.member("actor", entry.actor)
                writer.member("customer", entry.customer?.rawValue)
                writer.member("order", entry.order?.rawValue)
                writer.member("data", entry.data)
                writer.endObject()
            }
            writer.endArray()
        } read: { result in
            guard let seq = try result.integer("seq"), seq >= entries[0].seq else {
                throw result.bad("seq", "the last event that was dealt with is needed")
            }
            return (effects: try PluginEffects(result, of: descriptor, occasion), seq: seq)
        } done: {
            done($0)
        }
    }

    /// The entries that the plugin wants to know of.
    func wants(_ topic: String, orderOf channel: String?) -> Bool {
        guard manifest.topics.contains(where: { $0.covers(topic) }) else { return false }
        return !topic.hasPrefix("order.") || channel == manifest.id
    }

    /// Whether the plugin wants to know of anything.
    var hasTopics: Bool { !manifest.topics.isEmpty }

    /// Asks the plugin; an answer that cannot be read is the plugin's failure.
    private func ask<Answer: Sendable>(
        _ method: String, _ hook: PluginHooks.Hook, _ occasion: Occasion, _ members: (inout JSONWriter) -> Void,
        read: @escaping @Sendable (Details) throws -> Answer,
        done: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        let plugin = manifest.id
        let request = PluginRequest(method, of: tenant, occasion, deadline: hook.deadline) { result in
            let unavailable = result.mapError { error -> any Error in
                guard hook.failure == .park, let failure = error as? PluginFailure, failure.mayPass else {
                    return error
                }
                return ChannelUnavailable(failure, wasAsked: failure.wasAsked)
            }
            done(
                unavailable.flatMap { json in
                    Result {
                        do {
                            return try read(Details(arguments: json.objectValue ?? []))
                        } catch {
                            throw PluginFailure.failed(plugin: plugin, reason: "its answer to \(method): \(error)")
                        }
                    }
                })
        } _: {
            members(&$0)
        }
        guard loop.post({ $0.ask(request) }) else {
            return done(.failure(PluginFailure.failed(plugin: plugin, reason: "the host is ending")))
        }
    }
}

extension Details {
    /// What a verb's result answers to the caller; nil references leave what they stand for as it is.
    ///
    /// - Throws: ``ChannelRefusal``.
    fileprivate func reply(_ references: PluginReferences?) throws -> ChannelReply {
        let fill = { (json: JSON) in try references.map { try $0.filled(json) } ?? json }
        if json["rows"] != nil {
            guard let rows = json["rows"]?.arrayValue, rows.allSatisfy({ $0.objectValue != nil }) else {
                throw bad("rows", "a list of objects is needed here")
            }
            return .list(try rows.map { JSONFragment(of: try fill($0)) }, next: json["next"]?.arrayValue)
        }
        let answer = json["answer"] ?? .object([])
        guard answer.objectValue != nil else { throw bad("answer", "an object is needed here") }
        return .ok(JSONFragment(of: try fill(answer)))
    }
}

extension JSON {
    /// A plain value as a person reads it, nil for anything else and for nothing.
    fileprivate var plainText: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let text): text
        case .bool(let flag): flag ? "yes" : "no"
        case .null, .array, .object: nil
        }
    }
}
