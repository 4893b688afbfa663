public import Storage
internal import StrictJSON

/// Removes test customers and test orders with all that hangs on them.
public struct TestPurge {
    /// What there is to remove, or was.
    public struct Count: Sendable, Equatable {
        public let customers: Int64
        /// Test orders, of test customers and of others.
        public let orders: Int64
        /// Test customers who stay because a real order was given to them.
        public let kept: Int64
    }

    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Counts what a purge would remove.
    public static func count(_ transaction: ReadTransaction) throws -> Count {
        let customers = try transaction.first(
            """
            SELECT count(*) FILTER (WHERE NOT has_real), count(*) FILTER (WHERE has_real) FROM (
                SELECT EXISTS (
                    SELECT 1 FROM customer_order o WHERE o.customer_id = customer.id AND o.is_test = 0) AS has_real
                FROM customer WHERE is_test = 1 AND merged_into IS NULL)
            """
        ) { (purged: $0.integer(0), kept: $0.integer(1)) }
        let orders = try transaction.first("SELECT count(*) FROM customer_order WHERE is_test = 1") { $0.integer(0) }
        return Count(customers: customers?.purged ?? 0, orders: orders ?? 0, kept: customers?.kept ?? 0)
    }

    /// Removes them for good.
    ///
    /// - Parameter expected: How many customers the caller has been told of.
    /// - Returns: What was removed.
    /// - Throws: ``TestPurgeError/differs(_:)`` when there are more or fewer.
    public func run(expecting expected: Int64) throws -> Count {
        let count = try Self.count(transaction.reading)
        guard count.customers == expected else { throw TestPurgeError.differs(count) }
        let customers = try transaction.reading.all(
            """
            SELECT id FROM customer WHERE is_test = 1 AND merged_into IS NULL AND NOT EXISTS (
                SELECT 1 FROM customer_order o WHERE o.customer_id = customer.id AND o.is_test = 0)
            """, element: CustomerReader.id)
        for customer in customers { try purge(customer) }
        try purgeOrders()
        guard count.customers > 0 || count.orders > 0 else { return count }
        try TimelineWriter(transaction: transaction, occasion: occasion).append(.testsPurged) {
            $0.member("customers", count.customers)
            $0.member("orders", count.orders)
        }
        return count
    }

    /// Removes a customer, those merged into it, and all that hangs on them.
    private func purge(_ customer: CustomerID) throws {
        let merged = try transaction.reading.all(
            "SELECT id FROM customer WHERE merged_into = ?", .integer(customer.rawValue), element: CustomerReader.id)
        for stub in merged + [customer] {
            for part in CustomerPart.all {
                for sql in part.purge { try transaction.execute(sql, .integer(stub.rawValue)) }
            }
            try transaction.execute("DELETE FROM customer WHERE id = ?", .integer(stub.rawValue))
        }
    }

    /// Removes the test orders of real customers and of nobody, which count nowhere.
    private func purgeOrders() throws {
        let orders = try transaction.reading.all(
            "SELECT id, customer_id, channel FROM customer_order WHERE is_test = 1"
        ) { row in
            (
                id: row.integer(0), customer: row.integerOrNil(1).map(CustomerID.init(rawValue:)),
                channel: row.text(2)
            )
        }
        let totals = CustomerTotals(transaction: transaction)
        for order in orders {
            let id = Value.integer(order.id)
            try transaction.execute("UPDATE consent_evidence SET order_id = NULL WHERE order_id = ?", id)
            try transaction.execute("DELETE FROM order_line WHERE order_id = ?", id)
            try transaction.execute("DELETE FROM customer_order WHERE id = ?", id)
            if let customer = order.customer { try totals.dropChannel(order.channel, for: customer) }
        }
    }
}
