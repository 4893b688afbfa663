import ChannelKit

/// A receipt as the till's own table keeps it.
struct Receipt {
    let order: OrderID
    let register: String
    let receipt: String
    /// The number the register gave; nil where the receipt came with the sale.
    let number: Int64?
    let soldDay: String
    /// The day on which it is counted.
    let businessDay: String
    let isLate: Bool
    let standing: Standing
    let isTest: Bool
    /// The sale whose goods this one brings back.
    let original: OrderID?
    let claimCode: String?
    /// The number of the day's close that counted it.
    let closing: Int64?

    /// Whether a receipt counts in its day.
    enum Standing: String {
        case open
        case counted
        case voided

        init(_ state: OrderState) {
            switch state {
            case .open, .confirmed: self = .open
            case .completed, .refunded: self = .counted
            case .cancelled, .expired: self = .voided
            }
        }
    }

    init(_ row: Row) {
        order = OrderID(rawValue: row.integer(0))
        register = row.text(1)
        receipt = row.text(2)
        number = row.integerOrNil(3)
        soldDay = row.text(4)
        businessDay = row.text(5)
        isLate = row.flag(6)
        standing = Standing(rawValue: row.text(7)) ?? .counted
        isTest = row.flag(8)
        original = row.integerOrNil(9).map(OrderID.init(rawValue:))
        claimCode = row.textOrNil(10)
        closing = row.integerOrNil(11)
    }

    /// The receipt of an order, nil for one that is older than the table.
    static func of(_ order: OrderID, _ services: ChannelServices) throws -> Receipt? {
        try services.first(
            """
            SELECT order_id, register, receipt, number, sold_day, business_day, is_late, standing, is_test,
                original_id, claim_code, closing
            FROM pos__receipt WHERE order_id = ?
            """, .integer(order.rawValue), element: Receipt.init)
    }

    /// The orders with a receipt, at most two; those are found as well that are older than the table.
    static func orders(
        _ register: String, _ receipt: String, isTest: Bool, besides own: OrderID? = nil, _ services: ChannelServices
    ) throws -> [OrderID] {
        let found = try services.all(
            "SELECT order_id FROM pos__receipt WHERE register = ? AND receipt = ? AND is_test = ? ORDER BY twin LIMIT 2",
            .text(register), .text(receipt), .flag(isTest)
        ) { OrderID(rawValue: $0.integer(0)) }
        guard found.isEmpty, let older = try services.order(ext: Sale.ext(register, receipt)), older.isTest == isTest,
            older.id != own
        else { return found }
        let details = try Details(storedWith: older)
        return try details.text("register") == register && details.text("receipt") == receipt ? [older.id] : []
    }

    /// The sales that bring goods of an order back and were not voided.
    static func returns(of order: OrderID, _ services: ChannelServices) throws -> [OrderID] {
        try services.all(
            "SELECT order_id FROM pos__receipt WHERE original_id = ? AND standing <> 'voided' ORDER BY order_id",
            .integer(order.rawValue)
        ) { OrderID(rawValue: $0.integer(0)) }
    }

    /// What was given back for an order by returns, in minor units.
    static func returnedMinor(of order: OrderID, _ services: ChannelServices) throws -> Int64 {
        let sum = try services.first(
            "SELECT -sum(total_minor) FROM pos__receipt WHERE original_id = ? AND standing <> 'voided'",
            .integer(order.rawValue)
        ) { $0.integer(0) }
        return sum ?? 0
    }

    static func taken(_ register: String, _ receipt: String, by order: OrderID) -> ChannelRefusal {
        .conflict(
            "receipt-taken", "register \(register) has another receipt \(receipt)",
            details: [JSON.Member(name: "order", value: .integer(order.rawValue))])
    }
}
