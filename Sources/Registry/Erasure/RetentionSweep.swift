internal import Foundation
public import Storage

/// Cuts the last tie between erased people and their orders once the shop need not keep it any longer.
public struct RetentionSweep {
    /// What one run did.
    public struct Outcome: Sendable, Equatable {
        /// How many orders stand alone now.
        public let orders: Int
        /// Of how many erased customers.
        public let customers: Int
        public let isMoreLeft: Bool
    }

    /// The most orders of one run, so that nobody's change waits long.
    private static let limit = 1_000

    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Takes what is left of buyer and details off orders of erased customers that are old enough, and the customer's id.
    ///
    /// What was sold, when and for how much stays: it is nobody's any more.
    ///
    /// - Throws: `StorageError`.
    public func run() throws -> Outcome {
        guard let years = occasion.shop.policies.retentionYears else {
            return Outcome(orders: 0, customers: 0, isMoreLeft: false)
        }
        let orders = try transaction.reading.all(
            """
            SELECT o.id, o.customer_id FROM customer c JOIN customer_order o ON o.customer_id = c.id
            WHERE c.status = 'erased' AND c.status <> 'active' AND o.placed_at < ? LIMIT ?
            """, .integer(Self.limit(years, before: occasion).seconds), .integer(Int64(Self.limit))
        ) { (id: $0.integer(0), customer: $0.integer(1)) }
        let totals = CustomerTotals(transaction: transaction)
        let customers = Set(orders.map(\.customer))
        if !orders.isEmpty { transaction.scrub() }
        for order in orders { try release(order.id, of: order.customer) }
        for customer in customers { try totals.recount(CustomerID(rawValue: customer)) }
        return Outcome(orders: orders.count, customers: customers.count, isMoreLeft: orders.count == Self.limit)
    }

    private func release(_ order: Int64, of customer: Int64) throws {
        let (order, customer) = (Value.integer(order), Value.integer(customer))
        try transaction.execute(
            """
            UPDATE customer_order SET rev = rev + 1, customer_id = NULL, match = 'none', buyer = '{}', details = '{}',
                content_digest = x''
            WHERE id = ?
            """, order)
        try transaction.execute("UPDATE coupon_redemption SET customer_id = NULL WHERE order_id = ?", order)
        try transaction.execute(
            "UPDATE timeline SET customer_id = NULL WHERE customer_id = ? AND order_id = ?", customer, order)
        try transaction.execute(
            "UPDATE consent_evidence SET order_id = NULL WHERE customer_id = ? AND order_id = ?", customer, order)
    }

    /// So many years ago, on the shop's calendar.
    private static func limit(_ years: Int, before occasion: Occasion) -> Instant {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = occasion.shop.timeZone
        let now = Date(timeIntervalSince1970: Double(occasion.at.seconds))
        guard let then = calendar.date(byAdding: .year, value: -years, to: now) else { return occasion.at }
        return Instant(seconds: Int64(then.timeIntervalSince1970))
    }
}
