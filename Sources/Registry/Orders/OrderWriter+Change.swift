internal import Storage
public import StrictJSON

/// What an update changes of an order; nil leaves a thing as it is.
public struct OrderChange: Sendable, Equatable {
    public var state: OrderState?
    public var channelState: String?
    public var details: JSONFragment?
    /// In minor units of the order's currency.
    public var paidMinor: Int64?
    /// All of it has been paid.
    public var isPaidInFull = false

    public init() {}
}

extension OrderWriter {
    /// Changes an order's states and details; a cancellation takes the order out of the totals.
    ///
    /// - Throws: ``OrderError/notFound``, ``OrderError/closed(_:)`` when a closed order should change its state.
    public func update(_ id: OrderID, _ change: OrderChange) throws {
        let order = try reader.order(id)
        let state = change.state ?? order.state
        if state != order.state, order.state.isClosed { throw OrderError.closed(order.state) }
        try transaction.execute(
            """
            UPDATE customer_order SET state = ?, channel_state = ?, details = ?, paid_minor = ? WHERE id = ?
            """,
            .text(state.rawValue), .text(orNull: change.channelState ?? order.channelState),
            .utf8((change.details ?? order.details).bytes),
            .integer(change.isPaidInFull ? order.amounts.total.minor : change.paidMinor ?? order.paid.minor),
            .integer(id.rawValue))
        if order.state.isCounted, !state.isCounted { try leaveTotals(order) }
        let topic: Topic = state == .cancelled && order.state != .cancelled ? .orderCancelled : .orderUpdated
        try timeline.append(topic, customer: order.match.customer, order: id) {
            $0.member("from", order.state.rawValue)
            $0.member("state", state.rawValue)
            if let channelState = change.channelState { $0.member("channel_state", channelState) }
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
            "UPDATE customer_order SET customer_id = ?, match = 'given' WHERE id = ?",
            .integer(customer.rawValue), .integer(id.rawValue))
        if try isCounted(order), let former = order.match.customer {
            try totals.discount(order.amounts.total, of: order.kind, for: former)
        }
        if order.state.isCounted, order.isTest == target.isTest {
            try totals.count(order.amounts.total, of: order.kind, placedAt: order.placedAt, for: customer)
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

    private func leaveTotals(_ order: Order) throws {
        if let customer = order.match.customer, try isCounted(order) {
            try totals.discount(order.amounts.total, of: order.kind, for: customer)
        }
        if occasion.shop.policies.couponRelease == .cancel {
            try CouponWriter(transaction, occasion).release(order: order.id, of: order.match.customer)
        }
    }

    /// Whether an order counted, as it was read, in its customer's totals.
    private func isCounted(_ order: Order) throws -> Bool {
        guard order.state.isCounted, let customer = order.match.customer else { return false }
        return try CustomerReader(transaction.reading).customer(customer).isTest == order.isTest
    }
}
