internal import Storage
internal import StrictJSON

extension OrderWriter {
    /// Gives back part of what an order came to; totals follow.
    ///
    /// What gives all of it back is a change of state, and belongs to ``update(_:ifRevision:_:)``.
    ///
    /// - Parameters:
    ///   - id: The order.
    ///   - minor: In minor units of the order's currency; above 0 and below what is left.
    ///   - revision: The one the caller has seen; nil refunds whatever there is.
    /// - Throws: ``OrderError/notFound``, ``OrderError/staleRevision(current:)``, ``OrderError/closed(_:)``,
    ///   ``OrderError/badRefund(left:)``.
    public func refund(_ id: OrderID, minor: Int64, ifRevision revision: Int64?) throws {
        let order = try reader.order(id)
        if let revision, revision != order.rev { throw OrderError.staleRevision(current: order.rev) }
        guard !order.state.isClosed else { throw OrderError.closed(order.state) }
        guard minor > 0, minor < order.net.minor else { throw OrderError.badRefund(left: order.net) }
        try transaction.execute(
            """
            UPDATE customer_order SET rev = rev + 1, refunded_minor = refunded_minor + ?,
                given_back_minor = given_back_minor + ?
            WHERE id = ?
            """, .integer(minor), .integer(minor), .integer(id.rawValue))
        try follow(order)
        try timeline.append(.orderRefunded, customer: order.match.customer, order: id) {
            $0.member("amount", Money(minor: minor, currency: order.net.currency).text)
        }
    }
}
