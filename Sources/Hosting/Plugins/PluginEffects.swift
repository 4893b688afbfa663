internal import ChannelKit
internal import Registry
internal import StrictJSON

/// What a plugin wants done, read and ready to be carried out in one transaction.
struct PluginEffects: Sendable {
    private let plugin: String
    private let descriptor: ChannelDescriptor
    private let orders: [OrderDraft]
    private let changes: [Details]
    private let statements: [PluginStatement]
    private let notes: [Details]
    private let comments: [Details]
    private let messages: [Details]
    /// When the plugin wants to be woken.
    private let wake: Instant?
    /// What the caller should be warned of.
    let warnings: [String]

    /// - Throws: ``PluginFailure/failed(plugin:reason:)`` for the first thing that cannot be read.
    init(_ result: Details, of descriptor: ChannelDescriptor, _ occasion: Occasion) throws {
        plugin = descriptor.id
        self.descriptor = descriptor
        let plugin = descriptor.id
        statements = try result.objects("data").map { try PluginStatement($0, of: plugin) }
        orders = try result.objects("orders").map { members in
            var draft = try OrderDraft(members, of: descriptor, isStateGiven: true, occasion)
            guard draft.ext != nil || descriptor.capabilities.contains(.ownExternalIDs) else {
                throw members.bad("ext", "it is missing")
            }
            draft.noteSubmitted()
            return draft
        }
        changes = try result.objects("changes")
        notes = try result.objects("timeline")
        comments = try result.objects("comments")
        messages = try result.objects("messages")
        wake = try result.instant("wake", zone: .gmt)
        warnings = (result.json["warnings"]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    /// Whether nothing is to be done.
    var isEmpty: Bool {
        orders.isEmpty && changes.isEmpty && statements.isEmpty && notes.isEmpty && comments.isEmpty
            && messages.isEmpty && wake == nil
    }

    /// Does all of it; whoever calls undoes all of it when this throws.
    ///
    /// - Returns: What references to what was made mean.
    /// - Throws: What the plugin, or the core, refuses it for; ``ChannelConflict``.
    func apply(_ transaction: ChannelTransaction, _ references: PluginReferences) throws -> PluginReferences {
        var references = references
        do {
            if let wake { try transaction.wake(at: wake) }
            for draft in orders {
                let (registration, _) = try transaction.register(
                    Translation(draft, review: { _, _ in [] }, record: { _, _, _ in }))
                references.orders.append((registration.order, registration.match.customer))
            }
            for change in changes { try apply(change, transaction, references) }
            for statement in statements {
                try statement.run(in: transaction, references)
                references.rows.append(transaction.lastInsertedID)
            }
            for note in notes {
                let data = try references.filled(note.json["data"] ?? .object([]))
                try transaction.note(
                    Self.event(note), customer: try references.customer(note), order: try references.order(note)
                ) { writer in
                    for member in data.objectValue ?? [] { writer.member(member.name, member.value) }
                }
            }
            for comment in comments {
                guard let customer = try references.customer(comment) else { continue }
                try transaction.comment(on: customer, try comment.text("text") ?? "")
            }
            for message in messages {
                guard let customer = try references.customer(message) else { continue }
                try transaction.message(
                    to: customer, subject: try message.text("subject") ?? "", text: try message.text("text") ?? "")
            }
        } catch let refusal as ChannelRefusal where ["bad-effect", "bad-statement"].contains(refusal.slug) {
            throw PluginFailure.failed(plugin: plugin, reason: refusal.description)
        }
        return references
    }

    private func apply(
        _ change: Details, _ transaction: ChannelTransaction, _ references: PluginReferences
    ) throws {
        guard let id = try references.id(change.json["order"]) else { throw change.bad("order", "it is missing") }
        let order = try transaction.services.order(OrderID(rawValue: id))
        let revision = try change.integer("if_rev")
        let wanted = try OrderChange(change, of: descriptor, in: order.amounts.total.currency)
        let refund = try change.minorUnits("refund", in: order.amounts.total.currency)
        var now = order
        if wanted != OrderChange() { now = try transaction.update(order, ifRevision: revision, wanted) }
        if let refund {
            try transaction.refund(now, minor: refund, ifRevision: wanted == OrderChange() ? revision : nil)
        }
    }

    private static func event(_ note: Details) throws -> String {
        guard let event = try note.text("event"), PluginManifest.isID(event) else {
            throw ChannelRefusal("bad-effect", "timeline: an event is words of a-z and 0-9 joined by hyphens")
        }
        return event
    }
}

extension PluginReferences {
    fileprivate func customer(_ details: Details) throws -> CustomerID? {
        try id(details.json["customer"]).map(CustomerID.init(rawValue:))
    }

    fileprivate func order(_ details: Details) throws -> OrderID? {
        try id(details.json["order"]).map(OrderID.init(rawValue:))
    }
}

extension OrderChange {
    /// A change as a plugin writes it.
    ///
    /// - Throws: ``ChannelRefusal`` for the first thing that is wrong with it.
    init(_ members: Details, of descriptor: ChannelDescriptor, in currency: Currency) throws {
        self.init()
        try complete(with: members, of: descriptor, in: currency)
    }

    /// Replaces what these members name.
    ///
    /// - Throws: ``ChannelRefusal`` for the first thing that is wrong with them.
    mutating func complete(with members: Details, of descriptor: ChannelDescriptor, in currency: Currency) throws {
        if let name = try members.text("state") {
            let (state, own) = try descriptor.resolve(state: name)
            self.state = state
            channelState = own
        }
        if members.json["paid"]?.stringValue == "all" {
            isPaidInFull = true
        } else if let paid = try members.amount("paid", in: currency) {
            paidMinor = paid.minor
        }
        if let back = try members.minorUnits("given_back", in: currency) { givenBackMinor = back }
        if let less = try members.minorUnits("written_off", in: currency) { writtenOffMinor = less }
        if let details = try members.object("details") { self.details = JSONFragment(of: details.json.canonical) }
    }
}
