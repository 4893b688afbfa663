import ChannelKit

/// Writes down what a day is summed up from.
struct TillLedger {
    private let transaction: ChannelTransaction

    init(_ transaction: ChannelTransaction) {
        self.transaction = transaction
    }

    /// How an order is paid by now: what differs from what was known came in, or went back, on that day.
    func enter(_ tenders: Tenders, of order: OrderID, kind: OrderKind, on day: String) throws {
        var rest = tenders.byKind.mapValues(kind.signed)
        for part in try taken(for: order) { rest[part.kind, default: 0] -= part.minor }
        try add(rest.map { ($0.key, $0.value) }, of: order, on: day)
    }

    /// Forgets what was paid for a sale that is voided; what a closed day has counted goes back on that day.
    func void(_ order: OrderID, on day: String) throws {
        try transaction.change(
            "DELETE FROM pos__tender WHERE order_id = ? AND closing IS NULL", .integer(order.rawValue))
        try add(taken(for: order).map { ($0.kind, -$0.minor) }, of: order, on: day)
    }

    /// Gives back for a return what its sale brought: by each tender in proportion to what is left of it.
    func giveBack(_ minor: Int64, for sale: OrderID, by order: OrderID, on day: String) throws {
        let shares = Tenders.shares(of: minor, among: try left(of: sale))
        try add(shares.map { ($0.kind, -$0.minor) }, of: order, on: day)
    }

    /// Counts what no closed day has counted on another day.
    func move(_ order: OrderID, from former: String, to day: String) throws {
        try transaction.change(
            "UPDATE pos__tender SET business_day = ? WHERE order_id = ? AND business_day = ? AND closing IS NULL",
            .text(day), .integer(order.rawValue), .text(former))
    }

    private func add(_ parts: [Tenders.Part], of order: OrderID, on day: String) throws {
        for part in parts.sorted(by: { $0.kind < $1.kind }) where part.minor != 0 {
            _ = try transaction.insert(
                "INSERT INTO pos__tender (order_id, kind, minor, business_day) VALUES (?, ?, ?, ?)",
                .integer(order.rawValue), .text(part.kind), .integer(part.minor), .text(day))
        }
    }

    /// By what an order is paid so far; below 0 for a return.
    private func taken(for order: OrderID) throws -> [Tenders.Part] {
        try Tenders.taken(for: order, transaction.services)
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

    /// What each tender of a sale brought and has not given back.
    private func left(of order: OrderID) throws -> [Tenders.Part] {
        try transaction.services.all(
            """
            SELECT kind, sum(minor) FROM (
                SELECT kind, minor FROM pos__tender WHERE order_id = ?
                UNION ALL
                SELECT t.kind, t.minor FROM pos__receipt r JOIN pos__tender t ON t.order_id = r.order_id
                WHERE r.original_id = ?
                UNION ALL SELECT kind, -minor FROM pos__refund_tender WHERE order_id = ?
            ) GROUP BY kind HAVING sum(minor) > 0 ORDER BY kind
            """, .integer(order.rawValue), .integer(order.rawValue), .integer(order.rawValue)
        ) { ($0.text(0), $0.integer(1)) }
    }
}
