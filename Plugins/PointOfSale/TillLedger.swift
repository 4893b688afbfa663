import ChannelKit

/// Writes down what a day is summed up from.
struct TillLedger {
    private let transaction: ChannelTransaction

    init(_ transaction: ChannelTransaction) {
        self.transaction = transaction
    }

    /// How an order was paid, in place of what was known.
    func enter(_ tenders: Tenders, of order: OrderID, kind: OrderKind) throws {
        try transaction.change("DELETE FROM pos__tender WHERE order_id = ?", .integer(order.rawValue))
        for (name, minor) in tenders.byKind.sorted(by: { $0.key < $1.key }) {
            _ = try transaction.insert(
                "INSERT INTO pos__tender (order_id, kind, minor) VALUES (?, ?, ?)", .integer(order.rawValue),
                .text(name), .integer(kind.signed(minor)))
        }
    }

    /// What a return brings back of a sale, in place of what was known.
    func enter(_ taken: [(position: Goods.Position, quantity: Quantity)], of order: OrderID, from original: OrderID)
        throws
    {
        try transaction.change("DELETE FROM pos__returned WHERE order_id = ?", .integer(order.rawValue))
        for (position, quantity) in taken {
            _ = try transaction.insert(
                "INSERT INTO pos__returned (order_id, original_id, position, quantity_micros) VALUES (?, ?, ?, ?)",
                .integer(order.rawValue), .integer(original.rawValue), .integer(Int64(position.number)),
                .integer(quantity.micros))
        }
    }

    /// The tax that an order contains.
    func enter(_ shares: [TaxShare], of order: OrderID) throws {
        for share in shares {
            _ = try transaction.insert(
                "INSERT INTO pos__tax (order_id, rate_millionths, gross_minor, tax_minor) VALUES (?, ?, ?, ?)",
                .integer(order.rawValue), .integer(share.rate.millionths), .integer(share.grossMinor),
                .integer(share.taxMinor))
        }
    }

    /// What was given back for an order without goods coming back: by each tender in proportion to what is left of it.
    func refund(
        _ minor: Int64, of order: OrderID, register: String, day: String, _ currency: Currency, isTest: Bool
    ) throws {
        let id = try transaction.insert(
            """
            INSERT INTO pos__refund (order_id, register, business_day, currency, minor, is_test)
            VALUES (?, ?, ?, ?, ?, ?)
            """, .integer(order.rawValue), .text(register), .text(day), .text(currency.code), .integer(minor),
            .flag(isTest))
        for share in Tenders.shares(of: minor, among: try left(of: order)) where share.minor > 0 {
            _ = try transaction.insert(
                "INSERT INTO pos__refund_tender (order_id, refund_id, kind, minor) VALUES (?, ?, ?, ?)",
                .integer(order.rawValue), .integer(id), .text(share.kind), .integer(share.minor))
        }
    }

    /// What each tender of an order brought and has not given back.
    private func left(of order: OrderID) throws -> [Tenders.Part] {
        try transaction.services.all(
            """
            SELECT kind, sum(minor) FROM (
                SELECT kind, minor FROM pos__tender WHERE order_id = ?
                UNION ALL SELECT kind, -minor FROM pos__refund_tender WHERE order_id = ?
            ) GROUP BY kind HAVING sum(minor) > 0 ORDER BY kind
            """, .integer(order.rawValue), .integer(order.rawValue)
        ) { ($0.text(0), $0.integer(1)) }
    }
}
