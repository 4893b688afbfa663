internal import Storage
internal import StrictJSON

/// Takes the buyer out of orders; amounts, lines, dates and the country stay for the books.
struct OrderEraser {
    /// So many orders are read at a time.
    private static let page = 200

    private let transaction: WriteTransaction
    private let redact: CustomerEraser.Redaction

    init(_ transaction: WriteTransaction, redact: @escaping CustomerEraser.Redaction) {
        self.transaction = transaction
        self.redact = redact
    }

    /// - Returns: How many orders there are.
    func erase(of customer: Customer) throws -> Int64 {
        var count: Int64 = 0
        var last: Int64 = 0
        while true {
            let orders = try orders(of: customer.id, after: last)
            for order in orders { try erase(order, PersonalTraces(of: customer)) }
            count += Int64(orders.count)
            guard let end = orders.last?.id, orders.count == Self.page else { return count }
            last = end
        }
    }

    /// Lets real orders of a test customer stand alone, without their buyer.
    func detachReal(of customer: Customer) throws {
        let id = Value.integer(customer.id.rawValue)
        while true {
            let orders = try transaction.reading.all(
                """
                SELECT id, channel, buyer, details FROM customer_order
                WHERE customer_id = ? AND is_test = 0 LIMIT ?
                """, id, .integer(Int64(Self.page)), element: Self.order)
            guard !orders.isEmpty else { return }
            for order in orders {
                try erase(order, PersonalTraces(of: customer))
                try transaction.execute(
                    "UPDATE customer_order SET customer_id = NULL, match = 'none' WHERE id = ?", .integer(order.id))
                try transaction.execute(
                    "UPDATE coupon_redemption SET customer_id = NULL WHERE order_id = ?", .integer(order.id))
                try transaction.execute(
                    "UPDATE timeline SET customer_id = NULL WHERE order_id = ? AND customer_id = ?",
                    .integer(order.id), id)
            }
        }
    }

    private typealias Order = (id: Int64, channel: String, buyer: [UInt8], details: [UInt8])

    private func orders(of customer: CustomerID, after id: Int64) throws -> [Order] {
        try transaction.reading.all(
            """
            SELECT id, channel, buyer, details FROM customer_order
            WHERE customer_id = ? AND id > ? ORDER BY id LIMIT ?
            """, .integer(customer.rawValue), .integer(id), .integer(Int64(Self.page)), element: Self.order)
    }

    private static func order(_ row: Row) -> Order {
        (row.integer(0), row.text(1), row.bytes(2), row.bytes(3))
    }

    private func erase(_ order: Order, _ known: PersonalTraces) throws {
        // Both columns are only ever written from a JSON writer; what cannot be read must not stay.
        let buyer = (try? JSON(parsing: order.buyer)) ?? .object([])
        let details = (try? JSON(parsing: order.details)) ?? .object([])
        var traces = known
        traces.add(snapshot: buyer)
        let left = traces.removed(from: redact(order.channel, details))
        try transaction.execute(
            "UPDATE customer_order SET rev = rev + 1, buyer = ?, details = ? WHERE id = ?",
            .utf8(JSONFragment(of: Self.country(of: buyer)).bytes), .utf8(JSONFragment(of: left).bytes),
            .integer(order.id))
        try ParticipantWriter(transaction).clear(OrderID(rawValue: order.id))
    }

    /// The buyer's country, from the record or the address: it decides taxes.
    private static func country(of buyer: JSON) -> JSON {
        let code = [buyer["country"], buyer["address"]?["country"]].lazy
            .compactMap { $0?.stringValue }.compactMap { try? Country($0).code }.first
        return .object(code.map { [JSON.Member(name: "country", value: .string($0))] } ?? [])
    }
}
