import ChannelKit

/// Lets requests that nobody confirms end in time.
struct Expiry {
    let deadlines: Deadlines
    let transaction: ChannelTransaction
    /// So many at a time, so that other requests come in between.
    private static let limit = 100

    /// Takes down when a booking expires, and when it does not any more.
    ///
    /// - Parameters:
    ///   - order: The booking's, as it is now.
    ///   - before: The order before a change of it; nil for a new one.
    /// - Throws: `StorageError`, ``ChannelRefusal`` for details that cannot be read.
    func follow(_ order: Order, from before: Order?) throws {
        let span = try BookedSpan(storedIn: Details(storedWith: order))
        guard order.kind == .order, BookingState.own(order) == "requested" else {
            return try set(nil, of: order.id)
        }
        let occasion = transaction.occasion
        if let before {
            guard try BookedSpan(storedIn: Details(storedWith: before)) != span else { return }
            // What the shop itself moves has been looked at.
            return try set(occasion.actor.isStaff ? nil : deadlines.expiry(span, occasion), of: order.id)
        }
        try set(deadlines.expiry(span, occasion), of: order.id)
    }

    /// Ends the requests whose time has come, and asks for the next.
    ///
    /// - Parameter change: Ends a request as its channel does.
    /// - Throws: What `change` throws; `StorageError`.
    func wake(_ change: (Order) throws -> Void) throws {
        let services = transaction.services
        guard deadlines.letRequestsExpire else {
            try transaction.change("UPDATE booking__booking SET expires_at = NULL WHERE expires_at IS NOT NULL")
            return
        }
        let due = try services.all(
            "SELECT order_id FROM booking__booking WHERE expires_at <= ? ORDER BY expires_at, order_id LIMIT ?",
            .integer(transaction.occasion.at.seconds), .integer(Int64(Self.limit))
        ) { OrderID(rawValue: $0.integer(0)) }
        for id in due { try change(services.order(id)) }
        let next = try services.first(
            "SELECT min(expires_at) FROM booking__booking WHERE expires_at IS NOT NULL"
        ) { $0.integerOrNil(0) }
        if let next, let next { try transaction.wake(at: Instant(seconds: next)) }
    }

    private func set(_ expiry: Instant?, of order: OrderID) throws {
        try transaction.change(
            "UPDATE booking__booking SET expires_at = ? WHERE order_id = ? AND expires_at IS NOT ?",
            .integer(orNull: expiry?.seconds), .integer(order.rawValue), .integer(orNull: expiry?.seconds))
        if let expiry { try transaction.wake(at: expiry) }
    }
}
