internal import Storage
public import StrictJSON

/// What an update changes of an order; nil leaves a thing as it is.
public struct OrderChange: Sendable, Equatable {
    public var state: OrderState?
    public var channelState: String?
    public var details: JSONFragment?
    /// The members of the details that the caller named; the others stay as they were.
    public var namedDetails: Set<String> = []
    /// In minor units of the order's currency.
    public var paidMinor: Int64?
    /// All of it has been paid.
    public var isPaidInFull = false
    /// All the money that has gone back by then, in minor units; the order comes to less for it.
    public var givenBackMinor: Int64?
    /// By how much the order comes to less by then, where that is not what goes back; in minor units.
    public var writtenOffMinor: Int64?

    public init() {}
}

extension OrderWriter {
    /// Changes an order's states and details; totals and coupon follow.
    ///
    /// A cancelled or expired order counts no more; a refunded one counts with nothing. `revision` is the one the caller
    /// has seen; nil changes whatever there is.
    ///
    /// - Throws: ``OrderError/notFound``, ``OrderError/staleRevision(current:)``, and ``OrderError/closed(_:)`` when a
    ///   closed order should change its state.
    public func update(_ id: OrderID, ifRevision revision: Int64? = nil, _ change: OrderChange) throws {
        let order = try reader.order(id)
        if let revision, revision != order.rev { throw OrderError.staleRevision(current: order.rev) }
        let state = change.state ?? order.state
        if state != order.state, order.state.isClosed { throw OrderError.closed(order.state) }
        let money = OrderMoney(of: order, change, in: state)
        // Who gives all of it back and does not say how much means what is left.
        let rest = state == .refunded && state != order.state ? order.net.minor : 0
        try transaction.execute(
            """
            UPDATE customer_order SET rev = rev + 1, state = ?, channel_state = ?, details = ?, paid_minor = ?,
                refunded_minor = ?, given_back_minor = coalesce(?, given_back_minor + ?)
            WHERE id = ?
            """,
            .text(state.rawValue), .text(orNull: change.channelState ?? order.channelState),
            .utf8((change.details ?? order.details).bytes),
            .integer(money.paidMinor), .integer(money.lessMinor), .integer(orNull: money.givenBackMinor),
            .integer(rest), .integer(id.rawValue))
        try follow(order)
        let back = (money.givenBackMinor ?? order.givenBack.minor) - order.givenBack.minor
        let topic: Topic =
            switch state {
            case order.state, .open, .confirmed, .completed, .expired: back > 0 ? .orderRefunded : .orderUpdated
            case .cancelled: .orderCancelled
            case .refunded: .orderRefunded
            }
        try timeline.append(topic, customer: order.match.customer, order: id) {
            $0.member("from", order.state.rawValue)
            $0.member("state", state.rawValue)
            if let channelState = change.channelState { $0.member("channel_state", channelState) }
            if back > 0 { $0.member("amount", Money(minor: back, currency: order.net.currency).text) }
        }
    }

    /// Gives an order to another customer; what the order knows of its buyer does not change.
    ///
    /// - Throws: ``OrderError/notFound``, ``CustomerError/notFound``, ``CustomerError/erased``.
    public func move(_ id: OrderID, to customer: CustomerID) throws {
        let order = try reader.order(id)
        let target = try CustomerReader(transaction.reading).customer(customer)
        guard target.status != .erased else { throw CustomerError.erased }
        guard order.match.customer != customer else { return }
        try transaction.execute(
            "UPDATE customer_order SET rev = rev + 1, customer_id = ?, match = 'given' WHERE id = ?",
            .integer(customer.rawValue), .integer(id.rawValue))
        if let former = order.match.customer {
            if try isCounted(order) { try totals.uncount(order.net, of: order.kind, for: former) }
            try totals.dropChannel(order.channel, for: former)
            try MergeRecords(transaction: transaction).leave(id.rawValue, of: .orders, from: former)
        }
        if order.state.isCounted, order.isTest == target.isTest {
            try totals.count(order.net, of: order.kind, placedAt: order.placedAt, for: customer)
        }
        try totals.noteChannel(order.channel, for: customer)
        try CouponWriter(transaction, occasion).move(order: id, to: customer)
        for side in [order.match.customer, customer] {
            try timeline.append(.orderMoved, customer: side, order: id) {
                $0.member("from", order.match.customer?.rawValue)
                $0.member("to", customer.rawValue)
            }
        }
    }

    /// Lets totals and coupon follow a change of `order`, as it was before.
    func follow(_ order: Order) throws {
        let changed = try reader.order(order.id)
        guard order.state.isCounted else { return }
        if let customer = order.match.customer, try isCounted(order) {
            if changed.state.isCounted {
                let difference = changed.net.minor - order.net.minor
                if difference != 0 {
                    try totals.add(Money(minor: difference, currency: order.net.currency), for: customer)
                }
            } else {
                try totals.uncount(order.net, of: order.kind, for: customer)
            }
        }
        if occasion.shop.policies.couponRelease.givesBack(on: changed.state) {
            try CouponWriter(transaction, occasion).release(order: order.id, of: order.match.customer)
        }
    }

    /// Whether an order counted, as it was read, in its customer's totals.
    private func isCounted(_ order: Order) throws -> Bool {
        guard order.state.isCounted, let customer = order.match.customer else { return false }
        return try CustomerReader(transaction.reading).customer(customer).isTest == order.isTest
    }
}
