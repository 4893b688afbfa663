internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// Changes an order as a caller wishes, with the part of the channel it came through.
struct OrderChanges: Sendable {
    /// What is to become of an order.
    enum Wish: Sendable {
        /// It stays as it is.
        case nothing
        /// Its states and details change; the channel says what follows from it.
        case revise(state: String? = nil, channelState: String? = nil, details: [JSON.Member]? = nil)
        /// Part of it is given back, in minor units of its currency.
        case refund(minor: Int64)
    }

    private let invocation: TenantInvocation
    private let reference: OrderReference
    private let revision: Int64?
    private let wish: @Sendable (Order) throws -> Wish

    /// - Throws: ``CommandError`` when the arguments name no order.
    init(_ invocation: TenantInvocation, _ wish: @escaping @Sendable (Order) throws -> Wish) throws(CommandError) {
        self.invocation = invocation
        reference = try OrderReference(invocation)
        revision = invocation.arguments.integer("if_rev")
        self.wish = wish
    }

    /// Prepares the change; where a channel runs in a process of its own, it is asked before the transaction, and the
    /// order must not change meanwhile.
    func prepare(_ prepared: @escaping Verb.Preparing) {
        guard !invocation.profile.isImmediate else { return prepared(.success(.write(change))) }
        invocation.tenant.read { transaction in
            let order = try reference.find(transaction)
            return { ask(of: order, prepared) }
        } failed: { error in
            prepared(.failure(error))
        }
    }

    /// The change with a channel that answers on the spot.
    private func change(_ transaction: WriteTransaction) throws -> Reply {
        let order = try reference.find(transaction.reading)
        let channel = try channel(of: order)
        return try apply(wish(order), to: order, channel, transaction) { details, change in
            guard channel.isImmediate else { throw HostError.channelDisabled(order.channel) }
            return try channel.answerAtOnce { channel.revise(details, change, of: order, invocation.occasion, $0) }
        }
    }

    private func ask(of order: Order, _ prepared: @escaping Verb.Preparing) {
        do {
            let channel = try channel(of: order)
            guard !channel.isImmediate, case .revise(let state, let own, let details) = try wish(order) else {
                return prepared(.success(.write(change)))
            }
            let (payload, change) = try Self.begin(of: order, channel, state, own, details)
            channel.revise(payload, change, of: order, invocation.occasion) { result in
                prepared(
                    .success(
                        .write { transaction in
                            let now = try reference.find(transaction.reading)
                            guard now.rev == order.rev else { throw OrderError.staleRevision(current: now.rev) }
                            return try apply(.revise(), to: now, channel, transaction) { _, _ in try result.get() }
                        }))
            }
        } catch {
            prepared(.failure(error))
        }
    }

    private func apply(
        _ wish: Wish, to order: Order, _ channel: any Channel, _ transaction: WriteTransaction,
        _ revise: (Details, OrderChange) throws -> Revision
    ) throws -> Reply {
        let inside = ChannelTransaction(transaction, channel, invocation.occasion)
        var warnings: [String] = []
        switch wish {
        case .nothing: break
        case .revise(let state, let own, let details):
            let (payload, change) = try Self.begin(of: order, channel, state, own, details)
            _ = try inside.update(order, ifRevision: revision, revise(payload, change))
            warnings = channel.descriptor.warnings(ofDetails: .object(details ?? []))
        case .refund(let minor): try inside.refund(order, minor: minor, ifRevision: revision)
        }
        let changed = try reference.find(transaction.reading)
        let shape = try invocation.shape(of: changed, transaction.reading)
        return Reply(
            outcome: .ok(warnings.isEmpty ? shape : shape.adding("warnings", .array(warnings.map { .string($0) }))))
    }

    private func channel(of order: Order) throws(HostError) -> any Channel {
        guard let channel = invocation.profile.installedChannel(order.channel) else {
            throw .noChannel(order.channel)
        }
        return channel
    }

    /// The whole payload as it is to be, and the change without what the channel adds.
    ///
    /// - Throws: ``ChannelRefusal``, ``CommandError`` for states that do not fit together.
    private static func begin(
        of order: Order, _ channel: any Channel, _ state: String?, _ channelState: String?, _ details: [JSON.Member]?
    ) throws -> (Details, OrderChange) {
        var change = OrderChange()
        if let state { (change.state, change.channelState) = try OrderStates.resolve(state, channel) }
        if let channelState {
            let state = try channel.state(for: channelState)
            guard change.state == nil || change.state == state else {
                throw CommandError.badValue("channel_state", "\(channelState) stands for \(state.rawValue)")
            }
            change.channelState = channelState
            change.state = state
        }
        var members = try JSON(parsing: order.details.bytes).objectValue ?? []
        // All at once: there may be tens of thousands. Of equal names the last counts, be it null.
        let given = JSON.object(details ?? []).canonical.objectValue ?? []
        let named = Set(given.map(\.name))
        members.removeAll { named.contains($0.name) }
        members += given.filter { $0.value != .null }
        let payload = JSON.object(members)
        if details != nil {
            change.details = JSONFragment(of: payload.canonical)
            change.namedDetails = named
        }
        return (try Details(payload), change)
    }
}
