import ChannelKit
import OnlineShop
import XCTest

/// Orders of the web shop that are changed by the verbs all channels share.
final class SaleFollowingTests: XCTestCase {
    private func order(_ shop: ShopBook, _ details: String = "{}") throws -> Order {
        try shop.sell([try ShopBook.line("MUG", "2", "7.50")], details)
    }

    func testWhatAnOrderComesInWithIsWhereItsSaleBegins() throws {
        let shop = try ShopBook()
        for (payment, fulfilment, standing) in [
            (#""state":"paid""#, "unfulfilled", "paid unfulfilled"),
            (#""state":"authorized""#, "partial", "authorized partial"),
            (#""state":"paid","amount":"7.50""#, "fulfilled", "partially_paid fulfilled"),
            (#""state":"failed""#, "unfulfilled", "failed unfulfilled"),
            (#""state":"partially_refunded""#, "returned", "partially_refunded returned"),
            (#""state":"partially_refunded","refunded":"1.00""#, "fulfilled", "partially_refunded fulfilled"),
            (#""state":"refunded""#, "fulfilled", "refunded fulfilled"),
            (#""state":"refunded""#, "unfulfilled", "refunded cancelled"),
        ] {
            let details =
                #"{"payment":{\#(payment)},"fulfilment":{"state":"\#(fulfilment)","tracking":[{"number":"1"}]}}"#
            let sale = try shop.note("show", order(shop, details))

            XCTAssertEqual(sale.standing, standing, details)
            XCTAssertEqual(sale["shipments"]?.arrayValue?.count, 1)
        }
    }

    func testPaymentToldByAnUpdateIsNotedToo() throws {
        let shop = try ShopBook()
        let order = try order(shop)
        try shop.note("ship", order, #""lines":[{"line":1,"quantity":1}]"#)

        try shop.update(order, #"{"payment":{"state":"authorized"}}"#)
        XCTAssertEqual(try shop.note("show", order).standing, "authorized partial")
        let paid = try shop.update(order, #"{"payment":{"state":"paid","amount":"10.00","method":"card"}}"#)
        XCTAssertEqual(paid.paid.minor, 1_000)
        XCTAssertEqual(try shop.note("show", order).standing, "partially_paid partial")
        XCTAssertEqual(try shop.now(order).channelState, "pending")
        XCTAssertEqual(try Details(storedWith: shop.now(order)).object("payment")?.text("state"), "partially_paid")
        try shop.update(order, #"{"payment":{"state":"paid"}}"#)
        XCTAssertEqual(try shop.note("show", order)["payments"]?.arrayValue?.count, 2)
        XCTAssertEqual(try shop.now(order).channelState, "paid")
        XCTAssertThrowsError(try shop.update(order, #"{"payment":{"state":"failed"}}"#)) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "payment-differs")
        }
        try shop.update(order, #"{"payment":{"state":"refunded"}}"#)
        XCTAssertEqual(try shop.note("show", order).standing, "refunded fulfilled")
        XCTAssertEqual(try shop.now(order).state, .refunded)
    }

    func testGoodsToldByAnUpdateAreNotedToo() throws {
        let shop = try ShopBook()
        let order = try order(shop)
        try shop.note("pay", order)

        try shop.update(order, #"{"fulfilment":{"state":"partial","tracking":[{"carrier":"DHL","number":"1"}]}}"#)
        XCTAssertEqual(try shop.note("show", order).standing, "paid partial")
        try shop.note("ship", order, #""carrier":"UPS""#)
        XCTAssertEqual(try shop.now(order).state, .completed)
        XCTAssertEqual(try shop.note("show", order)["shipments"]?.arrayValue?.count, 2)
        XCTAssertThrowsError(try shop.update(order, #"{"fulfilment":{"state":"unfulfilled"}}"#)) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "fulfilment-differs")
        }
        try shop.update(order, #"{"gift":"yes"}"#)
        XCTAssertEqual(try shop.note("show", order).standing, "paid fulfilled")
        try shop.update(order, #"{"fulfilment":{"state":"returned"}}"#)
        XCTAssertEqual(try shop.note("show", order).standing, "paid returned")
        XCTAssertEqual(try Details(storedWith: shop.now(order)).object("fulfilment")?.objects("tracking").count, 2)
    }

    func testAStateGivenByHandIsFollowed() throws {
        let shop = try ShopBook()
        let done = try order(shop)
        try shop.note("pay", done, #""amount":"1.00""#)
        try shop.update(done, state: "fulfilled")
        XCTAssertEqual(try shop.note("show", done).standing, "partially_paid fulfilled")
        XCTAssertEqual(try shop.now(done).state, .completed)

        let cancelled = try order(shop)
        try shop.note("pay", cancelled, #""amount":"1.00""#)
        try shop.update(cancelled, state: "cancelled")
        XCTAssertEqual(try shop.note("show", cancelled).standing, "paid cancelled")
        XCTAssertThrowsError(try shop.note("ship", cancelled)) {
            XCTAssertEqual($0 as? OrderError, .closed(.cancelled))
        }
    }

    func testMoneyGivenBackByTheCoresVerbIsARefund() throws {
        let shop = try ShopBook()
        let order = try order(shop)
        try shop.note("pay", order)
        _ = try shop.write { [order = try shop.now(order)] inside, _ in try inside.refund(order, minor: 500) }

        XCTAssertEqual(try shop.note("show", order)["refunded"]?.stringValue, "5.00")
        XCTAssertEqual(try Details(storedWith: shop.now(order)).object("payment")?.text("state"), "partially_refunded")
        XCTAssertEqual(try shop.note("refund", order).standing, "refunded cancelled")
    }

    func testOrdersAreListedByHowTheyStand() throws {
        let shop = try ShopBook()
        let paid = try order(shop, #"{"payment":{"state":"paid"}}"#)
        let shipped = try order(shop)
        let both = try order(shop, #"{"payment":{"state":"paid"}}"#)
        try shop.sell([try ShopBook.line("MUG", "1", "7.50")]) { $0.kind = .return }
        for order in [shipped, both] { try shop.note("ship", order) }
        func list(_ arguments: String) throws -> [Int64?] {
            try shop.ask("orders", arguments).rows.map { $0["order"]?.integerValue }
        }

        XCTAssertEqual(try list("{}"), [both, shipped, paid].map(\.id.rawValue))
        XCTAssertEqual(try list(#"{"payment":["paid"]}"#), [both, paid].map(\.id.rawValue))
        XCTAssertEqual(try list(#"{"fulfilment":["unfulfilled","partial"]}"#), [paid.id.rawValue])
        XCTAssertEqual(try list(#"{"fulfilment":["fulfilled"],"payment":["pending"]}"#), [shipped.id.rawValue])
        let first = try shop.ask("orders", #"{"payment":["paid"],"limit":1}"#)
        let after = try XCTUnwrap(first.next).map(\.text).joined(separator: ",")
        XCTAssertEqual(try list(#"{"payment":["paid"],"limit":1,"after":[\#(after)]}"#), [paid.id.rawValue])
        XCTAssertThrowsError(try list(#"{"payment":["due"]}"#)) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "bad-value")
        }
    }

    func testProductsAreWhatTheShopCallsThem() throws {
        let shop = try ShopBook()
        XCTAssertThrowsError(try shop.ask("set-product", #"{"sku":"MUG"}"#)) {
            XCTAssertEqual($0 as? ChannelRefusal, .incomplete(["name"]))
        }
        try shop.ask("set-product", #"{"sku":"MUG","name":"Mug","price":"7.505","tax_rate":"19"}"#)
        try shop.ask("set-product", #"{"sku":"TEA","name":"Tea","archived":true}"#)
        let sold = try order(shop)
        let name = try shop.write { inside, _ in try inside.services.lines(of: sold).first?.name }
        XCTAssertEqual(name, "Mug")

        let renamed = try shop.ask("set-product", #"{"sku":"MUG","name":"Big mug"}"#).rows.first

        XCTAssertEqual(
            renamed?.text,
            #"{"sku":"MUG","name":"Big mug","price":"7.505","currency":"EUR","tax_rate":"19","archived":false}"#)
        let product = try shop.write { [channel = shop.channel] inside, _ in try channel.product("MUG", inside.services)
        }
        XCTAssertEqual(product?.name, "Big mug")
        XCTAssertEqual(try shop.ask("products").rows.compactMap { $0["sku"]?.stringValue }, ["MUG"])
        let first = try shop.ask("products", #"{"archived":true,"limit":1}"#)
        XCTAssertEqual(first.next?.map(\.text), [#""MUG""#])
    }
}
