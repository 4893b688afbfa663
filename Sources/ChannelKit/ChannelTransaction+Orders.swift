internal import Storage

/// An order that was registered, and what the caller should be warned of.
public typealias RegisteredOrder = (registration: Registration, warnings: [String])

extension ChannelTransaction {
    /// Registers an order of the channel: the channel reviews it, the core decides, the channel keeps its own part.
    ///
    /// - Returns: What became of it, and what the caller should be warned of.
    /// - Throws: ``ChannelRefusal``, and what the core refuses an order for.
    package func register(_ translation: Translation) throws -> RegisteredOrder {
        var draft = translation.draft
        let writer = OrderWriter(transaction, occasion)
        // The same order again must find the first, not stand in its own way.
        if let existing = try writer.existing(draft) { return (existing, []) }
        var warnings = try translation.review(&draft, services)
        let registration = try writer.enter(draft) { entered, amounts in
            warnings += try translation.settle(&draft, amounts)
            (entered.state, entered.channelState) = (draft.state, draft.channelState)
            (entered.paidMinor, entered.isPaidInFull) = (draft.paidMinor, draft.isPaidInFull)
            (entered.givenBackMinor, entered.isGivenBackInFull) = (draft.givenBackMinor, draft.isGivenBackInFull)
            entered.details = draft.details
        }
        try noteParticipants(of: registration.order, draft.details)
        try translation.record(registration, draft, self)
        return (registration, warnings)
    }

    /// Refuses an order whose buyer is denied.
    ///
    /// - Throws: ``CustomerError/denied``.
    package func refuseDenied(_ draft: OrderDraft) throws {
        try OrderWriter(transaction, occasion).refuseDenied(draft)
    }

    /// Registers an order that the channel made up itself, such as the reversal of another.
    ///
    /// - Throws: ``ChannelRefusal``, and what the core refuses an order for.
    @discardableResult
    public func register(_ draft: OrderDraft) throws -> Registration {
        try submit(draft).registration
    }

    /// Registers an order that reached the channel by a verb of its own, and tells what to warn of.
    ///
    /// - Throws: ``ChannelRefusal``, and what the core refuses an order for.
    public func submit(_ draft: OrderDraft) throws -> RegisteredOrder {
        precondition(draft.channel == id && channel.isImmediate, "a channel registers its own orders")
        var draft = draft
        draft.noteSubmitted()
        let details = try Details(JSON(parsing: draft.details.bytes))
        let translation = try channel.answerAtOnce { channel.translate(details, into: draft, occasion, $0) }
        return try register(translation)
    }

    /// Changes one of the channel's orders; totals, coupon and the channel's own tables follow.
    ///
    /// - Returns: The order as it is then.
    /// - Throws: ``OrderError``, ``ChannelRefusal``.
    @discardableResult
    public func update(
        _ order: Order, ifRevision revision: Int64? = nil, _ change: OrderChange
    ) throws -> Order {
        try changing(order) { try $0.update(order.id, ifRevision: revision, change) }
    }

    /// Gives back part of what an order came to, in minor units of its currency.
    ///
    /// - Throws: ``OrderError``, ``ChannelRefusal``.
    @discardableResult
    public func refund(_ order: Order, minor: Int64, ifRevision revision: Int64? = nil) throws -> Order {
        try changing(order) { try $0.refund(order.id, minor: minor, ifRevision: revision) }
    }

    /// Takes back that one of the channel's orders used its coupon, whatever the shop's policy says of cancellations:
    /// another order stands in its place.
    ///
    /// - Throws: `StorageError`.
    public func withdrawCoupon(of order: Order) throws {
        guard order.channel == id else { throw OrderError.notFound }
        try CouponWriter(transaction, occasion).release(order: order.id, of: order.match.customer)
    }

    /// Gives an order to another customer.
    ///
    /// - Throws: ``OrderError``, ``CustomerError``, ``ChannelRefusal``.
    @discardableResult
    public func move(_ order: Order, to customer: CustomerID) throws -> Order {
        try changing(order) { try $0.move(order.id, to: customer) }
    }

    package func update(
        _ order: Order, ifRevision revision: Int64?, _ revised: Revision
    ) throws -> Order {
        let changed = try update(order, ifRevision: revision, revised.change)
        try revised.record(changed, self)
        return changed
    }

    private func changing(_ order: Order, _ body: (OrderWriter) throws -> Void) throws -> Order {
        guard order.channel == id else { throw OrderError.notFound }
        try body(OrderWriter(transaction, occasion))
        let changed = try OrderReader(transaction.reading).order(order.id)
        let isPaymentTold = channel.descriptor.capabilities.contains(.payments)
        try isPaymentTold ? changed.requirePaid(before: order) : changed.requireLeft(before: order)
        try noteParticipants(of: order.id, changed.details, instead: order.details)
        if changed.rev != order.rev { try channel.follow(changed, from: order, self) }
        return changed
    }
}

extension Order {
    /// Refuses to give back more than is there of what was paid.
    ///
    /// - Throws: ``OrderError/nothingPaid``, ``OrderError/badRefund(left:)``.
    fileprivate func requirePaid(before: Order) throws {
        guard kind == .order, givenBack.minor > before.givenBack.minor, givenBack.minor > paid.minor else { return }
        let left = paid.minor - before.givenBack.minor
        guard left > 0 else { throw OrderError.nothingPaid }
        throw OrderError.badRefund(left: Money(minor: left, currency: paid.currency))
    }

    /// Refuses to give back more than an order came to, or was paid, where nobody has to tell what was paid.
    ///
    /// - Throws: ``OrderError/badRefund(left:)``.
    fileprivate func requireLeft(before: Order) throws {
        let less = max(before.refunded.minor, before.givenBack.minor)
        let left = max(0, amounts.total.minor - less, paid.minor - before.givenBack.minor)
        guard kind == .order, givenBack.minor - before.givenBack.minor > left else { return }
        throw OrderError.badRefund(left: Money(minor: left, currency: paid.currency))
    }
}
