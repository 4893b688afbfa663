import ChannelKit
import OnlineShop
import Storage
import TestSupport
import XCTest

/// Whatever happens to an order, and in which order, its books agree.
final class SaleHistoryTests: XCTestCase {
    private static let verbs = [
        "ship", "ship", "fulfil", "deliver", "pay", "pay", "refund", "refund", "return", "return", "receive", "receive",
        "cancel-lines", "update", "update", "core-refund", "cancel",
    ]

    func testNoHistoryBreaksTheBooks() throws {
        var (done, refused) = (0, 0)
        for seed in 0..<40 {
            var random = SeededGenerator(seed: UInt64(seed))
            let shop = try ShopBook(["instant_delivery": seed % 5 == 0 ? "true" : "false"])
            let order = try Self.order(shop, &random)
            for step in 0..<25 {
                let before = try Books(shop, order)
                let verb = random.pick(Self.verbs)
                let text = "seed \(seed), step \(step): \(verb)"
                do {
                    try act(verb, shop, order, &random)
                    done += 1
                } catch let error as any Refusal {
                    refused += 1
                    XCTAssertEqual(try Books(shop, order), before, "\(text): \(error)")
                }
                try assertSound(Books(shop, order), order, text)
                let mismatches = try shop.database.read { try TotalsCheck($0).mismatches() }
                XCTAssertEqual(mismatches, [], text)
            }
        }
        XCTAssertGreaterThan(done, 300)
        XCTAssertGreaterThan(refused, 100)
    }

    private static func order(_ shop: ShopBook, _ random: inout SeededGenerator) throws -> Order {
        let quantities = ["1", "2", "3", "0.345", "5"]
        let prices = ["7.50", "0.01", "3.333", "0.00", "-1.00", "19.99"]
        let lines =
            try (0..<random.below(4)).map { number in
                try ShopBook.line(random.pick(["A", "B", "\(number)"]), random.pick(quantities), random.pick(prices))
            } + [ShopBook.line("LAST", "3", "10.00")]
        let details = random.pick([
            "{}", #"{"payment":{"state":"paid"}}"#, #"{"payment":{"state":"authorized","amount":"5.00"}}"#,
            #"{"fulfilment":{"state":"partial","tracking":[{"number":"1"}]}}"#,
            #"{"payment":{"state":"paid"},"fulfilment":{"state":"fulfilled"}}"#,
        ])
        let shipping = Int64(random.below(3) * 245)
        return try shop.sell(random.below(4) == 0 ? [] : lines, details) { $0.chargesMinor = shipping }
    }

    private func act(_ verb: String, _ shop: ShopBook, _ order: Order, _ random: inout SeededGenerator) throws {
        let part = random.pick([
            "", "", #""lines":[{"line":1}]"#, #""lines":[{"sku":"LAST","quantity":1}]"#,
            #""lines":[{"sku":"A","quantity":2},{"sku":"LAST"}]"#, #""lines":[{"line":1,"quantity":0.1}]"#,
        ])
        let reference = random.below(3) == 0 ? #","reference":"r\#(random.below(3))""# : ""
        switch verb {
        case "pay":
            try shop.note(verb, order, #""method":"card""# + random.pick(["", #","amount":"5.00""#]) + reference)
        case "refund":
            let amount = random.pick(["", #","amount":"2.50""#, #","shipping":"2.45""#])
            try shop.note(verb, order, #""reason":"late""# + (part.isEmpty ? amount : "," + part) + reference)
        case "receive", "deliver": try shop.note(verb, order)
        case "update":
            let details = random.pick([
                #"{"payment":{"state":"paid"}}"#, #"{"payment":{"state":"paid","amount":"3.00"}}"#,
                #"{"payment":{"state":"failed"}}"#, #"{"payment":{"state":"refunded"}}"#,
                #"{"fulfilment":{"state":"fulfilled"}}"#, #"{"fulfilment":{"state":"returned"}}"#,
                #"{"fulfilment":{"state":"partial","tracking":[{"number":"2"}]}}"#, #"{"gift":"yes"}"#,
            ])
            try shop.update(order, details)
        case "core-refund":
            try shop.write { [order = try shop.now(order)] inside, _ in _ = try inside.refund(order, minor: 100) }
        case "cancel":
            guard random.below(4) == 0 else { return }
            try shop.update(order, state: "cancelled")
        default: try shop.note(verb, order, part)
        }
    }

    private func assertSound(_ books: Books, _ order: Order, _ text: String) throws {
        let (order, sale) = (books.order, books.sale)
        XCTAssertEqual(order.rev, sale["rev"]?.integerValue, text)
        for line in books.lines {
            XCTAssertTrue(line.allSatisfy { $0 >= 0 }, text)
            XCTAssertLessThanOrEqual(line[1] + line[5], line[0], "\(text): more fulfilled than ordered")
            XCTAssertLessThanOrEqual(line[2] + line[3], line[1], "\(text): more returned than fulfilled")
            XCTAssertLessThanOrEqual(line[4], line[0], "\(text): more refunded than ordered")
            XCTAssertLessThanOrEqual(line[6], line[1], "\(text): more in shipments than fulfilled")
            XCTAssertLessThanOrEqual(line[7], line[3], "\(text): more in received returns than returned")
        }
        guard let head = books.head else { return }
        XCTAssertEqual(head.paid, books.payments, text)
        XCTAssertEqual(head.refunded, books.refunds, text)
        XCTAssertLessThanOrEqual(books.refunds, books.payments, text)
        XCTAssertEqual(order.paid.minor, head.paid, text)
        if !order.isCalledOff { XCTAssertEqual(order.refunded.minor, head.writtenOff, text) }
        let details = try Details(storedWith: order)
        XCTAssertEqual(details.json["payment"]?["state"], sale["payment"], text)
        XCTAssertEqual(details.json["fulfilment"]?["state"], sale["fulfilment"], text)
        if order.state == .refunded { XCTAssertEqual(order.net.minor, 0, text) }
        if order.state.isClosed {
            XCTAssertEqual(sale["lines"]?.arrayValue?.allSatisfy { $0["open"] == .number("0") }, true, text)
        }
    }
}

/// All that is written of an order.
private struct Books: Equatable {
    struct Head: Equatable {
        let paid: Int64
        let refunded: Int64
        let writtenOff: Int64
    }

    let order: Order
    let sale: JSON
    let head: Head?
    /// Of each line: ordered, fulfilled, returning, returned, refunded, cancelled, in shipments, in received returns.
    let lines: [[Int64]]
    let payments: Int64
    let refunds: Int64

    init(_ shop: ShopBook, _ order: Order) throws {
        self.order = try shop.now(order)
        sale = try shop.note("show", order)
        let id = Value.integer(order.id.rawValue)
        (head, lines, payments, refunds) = try shop.database.read { transaction in
            let head = try transaction.first(
                """
                SELECT paid_minor, refunded_minor, written_off_minor FROM online_shop__sale WHERE order_id = ?
                """, id
            ) { Head(paid: $0.integer(0), refunded: $0.integer(1), writtenOff: $0.integer(2)) }
            let lines = try transaction.all(
                """
                SELECT ordered_micros, fulfilled_micros, returning_micros, returned_micros, refunded_micros,
                    cancelled_micros, (
                        SELECT coalesce(sum(quantity_micros), 0) FROM online_shop__part
                        WHERE order_id = line.order_id AND line = line.line AND kind = 'shipment'
                    ), (
                        SELECT coalesce(sum(quantity_micros), 0) FROM online_shop__part part
                        JOIN online_shop__return USING (order_id, number)
                        WHERE part.order_id = line.order_id AND part.line = line.line AND kind = 'return'
                            AND received_at IS NOT NULL
                    )
                FROM online_shop__line line WHERE order_id = ? ORDER BY line
                """, id
            ) { row in (0..<8).map { row.integer($0) } }
            func sum(_ sql: StaticString) throws -> Int64 { try transaction.first(sql, id) { $0.integer(0) } ?? 0 }
            return (
                head, lines,
                try sum(
                    "SELECT sum(amount_minor) FROM online_shop__payment WHERE order_id = ? AND is_void = 0"),
                try sum("SELECT sum(amount_minor) FROM online_shop__refund WHERE order_id = ?")
            )
        }
    }
}

extension Order {
    fileprivate var isCalledOff: Bool { state == .cancelled || state == .expired }
}
