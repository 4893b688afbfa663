import ChannelKit

/// A kind of ticket to an event, with its price and how many of it there are.
struct TicketType: Sendable, Equatable {
    let id: Int64
    let eventID: Int64
    /// The word for it in orders and verbs, unique in the event.
    let key: String
    var name: String
    var price: Money
    /// Contained in the price.
    var taxRate: Percentage?
    /// How many there are; nil for no end of them.
    var quota: Int64?
    /// How many an order may have; nil for any number.
    var perOrder: Int64?
    var salesStartAt: Instant?
    var salesEndAt: Instant?
    /// Held and not yet paid; holds that are over by now count no more.
    var held: Int64
    /// Paid, checked in or not.
    var sold: Int64

    /// Reads id, event_id, key, name, price_minor, currency, tax_rate_millionths, quota, per_order, sales_start_at,
    /// sales_end_at, held, sold.
    init(_ row: Row) throws {
        id = row.integer(0)
        eventID = row.integer(1)
        key = row.text(2)
        name = row.text(3)
        price = Money(minor: row.integer(4), currency: try Currency(row.text(5)))
        taxRate = try row.integerOrNil(6).map { (millionths) throws(ValueError) in
            try Percentage(millionths: millionths)
        }
        quota = row.integerOrNil(7)
        perOrder = row.integerOrNil(8)
        salesStartAt = row.integerOrNil(9).map(Instant.init(seconds:))
        salesEndAt = row.integerOrNil(10).map(Instant.init(seconds:))
        held = row.integer(11)
        sold = row.integer(12)
    }

    /// How many are to be had; nil for no end of them.
    var left: Int64? { quota.map { $0 - held - sold } }

    var sales: SalesWindow { SalesWindow(start: salesStartAt, end: salesEndAt) }

    /// What an order's line calls it, such as "jazz/balcony".
    func sku(of event: Event) -> String { "\(event.key)/\(key)" }

    /// A line of an order for so many of them.
    func line(of event: Event, count: Int64) throws -> OrderLine {
        OrderLine(
            sku: sku(of: event), name: "\(event.title): \(name)", quantity: Quantity(micros: count * 1_000_000),
            unitPrice: try UnitPrice(parsing: price.text), taxRate: taxRate)
    }

    /// The refusal of an order for more than are left.
    func exhausted(asked: Int64) -> ChannelRefusal {
        let left = max(left ?? 0, 0)
        return .conflict(
            "quota-exhausted", left == 0 ? "\(name) is sold out" : "of \(name) only \(left) are left",
            details: [
                .init(name: "type", value: .string(key)), .init(name: "left", value: .number(String(left))),
                .init(name: "asked", value: .number(String(asked))),
            ])
    }
}
