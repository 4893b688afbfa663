internal import Storage

/// Takes test customers out with everything that hangs on them, as if they had never been.
struct CustomerPurger {
    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let redact: CustomerEraser.Redaction

    init(_ transaction: WriteTransaction, _ occasion: Occasion, redact: @escaping CustomerEraser.Redaction) {
        self.transaction = transaction
        self.occasion = occasion
        self.redact = redact
    }

    /// A real order that was moved to the customer stays, alone and without its buyer.
    ///
    /// - Returns: How many orders went, and how many parked requests named the customer.
    func purge(_ id: CustomerID) throws -> (orders: Int64, parked: Int64) {
        let customer = try CustomerReader(transaction.reading).record(id)
        let merged = try CustomerReader(transaction.reading).mergedInto(id)
        var (orders, parked): (Int64, Int64) = (0, 0)
        for stub in merged {
            let gone = try purge(stub)
            (orders, parked) = (orders + gone.orders, parked + gone.parked)
        }
        parked += try ParkedInputEraser(transaction, in: occasion.shop.country, redact: redact).erase(customer)
        try OrderEraser(transaction, redact: redact).detachReal(of: customer)
        orders +=
            try transaction.reading.first(
                "SELECT count(*) FROM customer_order WHERE customer_id = ?", .integer(id.rawValue)
            ) { $0.integer(0) } ?? 0
        for part in CustomerPart.all {
            for sql in part.purge { try transaction.execute(sql, .integer(id.rawValue)) }
        }
        try ReplayStore(transaction).forget(id)
        try transaction.execute("DELETE FROM customer WHERE id = ?", .integer(id.rawValue))
        return (orders, parked)
    }
}
