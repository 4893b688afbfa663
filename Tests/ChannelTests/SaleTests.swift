import ChannelKit
import OnlineShop
import XCTest

/// What becomes of the web shop's orders.
final class SaleTests: XCTestCase {
    private func mugs() throws -> [OrderLine] {
        [try ShopBook.line("MUG", "3", "7.50"), try ShopBook.line("TEA", "1", "4.00")]
    }

    func testGoodsAndMoneyGoTheirOwnWays() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs()) { $0.chargesMinor = 490 }

        XCTAssertEqual(try shop.note("show", order).standing, "pending unfulfilled")
        let first = try shop.note(
            "ship", order, #""lines":[{"sku":"MUG","quantity":2}],"carrier":"DHL","tracking":"1""#)
        XCTAssertEqual(first.standing, "pending partial")
        XCTAssertEqual(try shop.now(order).state, .open)
        XCTAssertEqual(try shop.note("ship", order).standing, "pending fulfilled")
        XCTAssertEqual(try shop.now(order).channelState, "shipped")
        XCTAssertEqual(try shop.note("pay", order, #""amount":"20.00""#).standing, "partially_paid fulfilled")
        XCTAssertEqual(try shop.now(order).state, .confirmed)

        let paid = try shop.note("pay", order, #""method":"card""#)

        XCTAssertEqual(paid.standing, "paid fulfilled")
        XCTAssertEqual(paid["paid"]?.stringValue, "31.40")
        XCTAssertEqual(paid["due"]?.stringValue, "0.00")
        XCTAssertEqual(try shop.now(order).state, .completed)
        XCTAssertEqual(try shop.now(order).paid.minor, 3_140)
        XCTAssertEqual(
            try shop.texts(of: order),
            [
                "Payment: paid", "Payment method: card", "Payment amount: 31.40", "Fulfilment: fulfilled",
                "Tracking: DHL 1 sent 2026-11-22", "Tracking: sent 2026-11-22",
            ])
    }

    func testPaidFirstAndShippedLaterIsDoneWithTheLastLine() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), #"{"payment":{"state":"paid","method":"card"},"gift":"yes"}"#)

        XCTAssertEqual(try shop.note("fulfil", order, #""lines":[{"line":2}]"#).standing, "paid partial")
        XCTAssertEqual(try shop.now(order).channelState, "paid")
        XCTAssertEqual(try shop.note("ship", order).standing, "paid fulfilled")
        XCTAssertEqual(try shop.now(order).state, .completed)
        XCTAssertEqual(try Details(storedWith: shop.now(order)).text("gift"), "yes")
        XCTAssertEqual(try Details(storedWith: shop.now(order)).object("payment")?.text("method"), "card")
    }

    func testNoMoreIsShippedReturnedOrGivenBackThanThereIs() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), #"{"payment":{"state":"paid"}}"#)
        try shop.note("ship", order, #""lines":[{"sku":"MUG","quantity":2}]"#)

        for (verb, arguments, slug, left) in [
            ("ship", #""lines":[{"sku":"MUG","quantity":2}]"#, "quantity-exceeded", "1"),
            ("fulfil", #""lines":[{"line":1,"quantity":1},{"sku":"MUG","quantity":1}]"#, "quantity-exceeded", "0"),
            ("cancel-lines", #""lines":[{"line":2,"quantity":2}]"#, "quantity-exceeded", "1"),
            ("return", #""lines":[{"sku":"MUG","quantity":3}]"#, "quantity-exceeded", "2"),
            ("return", #""lines":[{"sku":"TEA"}]"#, "quantity-exceeded", "0"),
            ("refund", #""lines":[{"sku":"TEA","quantity":2}]"#, "quantity-exceeded", "1"),
            ("refund", #""amount":"26.51""#, "refund-too-big", "26.50"),
            ("refund", #""shipping":"0.01""#, "refund-too-big", "0.00"),
            ("ship", #""lines":[{"sku":"CUP"}]"#, "no-line", nil), ("ship", #""lines":[{"line":3}]"#, "no-line", nil),
            ("receive", "", "no-return", nil), ("deliver", #""shipment":2"#, "no-shipment", nil),
            ("pay", "", "nothing-due", nil), ("ship", #""lines":[{"sku":"MUG","quantity":0}]"#, "bad-value", nil),
            ("ship", #""lines":[{"sku":"MUG","colour":1}]"#, "bad-value", nil),
            ("ship", #""lines":[]"#, "bad-value", nil),
            ("ship", #""lines":[{"quantity":1}]"#, "bad-value", nil), ("pay", #""amount":"0""#, "bad-value", nil),
        ] {
            XCTAssertThrowsError(try shop.note(verb, order, arguments), "\(verb) \(arguments)") { error in
                let refusal = error as? ChannelRefusal
                XCTAssertEqual(refusal?.slug, slug, "\(verb) \(arguments): \(error)")
                guard let left else { return }
                let told = refusal?.details.first { $0.name == "left" }?.value
                XCTAssertEqual(told == .string(left) || told == .number(left), true, "\(verb) \(arguments): \(error)")
            }
        }
        XCTAssertEqual(try shop.now(order).rev, 2)
    }

    func testMoneyGoesBackByLinesShippingOrAmountAndTheOrderComesToLess() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), #"{"payment":{"state":"paid"}}"#) { $0.chargesMinor = 490 }

        let tea = try shop.note(
            "refund", order, #""lines":[{"sku":"TEA"}],"shipping":"4.90","reason":"late","reference":"r1""#)
        XCTAssertEqual(tea.standing, "partially_refunded unfulfilled")
        XCTAssertEqual(tea["refunds"]?.arrayValue?.first?["amount"]?.stringValue, "8.90")
        XCTAssertEqual(try shop.now(order).net.minor, 2_250)
        let again = try shop.note("refund", order, #""amount":"8.90","reference":"r1""#)
        XCTAssertEqual(again["refunds"]?.arrayValue?.count, 1)
        XCTAssertThrowsError(try shop.note("refund", order, #""amount":"1.00","reference":"r1""#)) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "reference-used")
        }

        let all = try shop.note("refund", order)

        XCTAssertEqual(all.standing, "refunded cancelled")
        XCTAssertEqual(all["refunded"]?.stringValue, "31.40")
        XCTAssertEqual(try shop.now(order).state, .refunded)
        XCTAssertEqual(try shop.now(order).refunded.minor, 3_140)
        XCTAssertThrowsError(try shop.note("ship", order)) { XCTAssertEqual($0 as? OrderError, .closed(.refunded)) }
    }

    func testLinesOfADiscountedOrderComeToTheWholeToTheCent() throws {
        let shop = try ShopBook()
        try shop.write { _, transaction in
            try CouponWriter(transaction, shop.occasion).create(
                CouponTerms(
                    code: "TEN", benefit: .percent(try Percentage(parsing: "10")), currency: try Currency("EUR")))
        }
        let lines = try [
            ShopBook.line("A", "3", "3.33"), ShopBook.line("B", "0.345", "9.99"), ShopBook.line("C", "1", "0.01"),
        ]
        let order = try shop.sell(lines, #"{"payment":{"state":"paid"}}"#) { $0.coupon = "TEN" }
        let total = order.amounts.total.minor

        for part in [#"{"line":1,"quantity":1}"#, #"{"line":1,"quantity":1}"#, #"{"line":1}"#, #"{"line":2}"#] {
            try shop.note("refund", order, #""lines":[\#(part)]"#)
        }
        XCTAssertEqual(try shop.now(order).refunded.minor, total - 1)
        XCTAssertEqual(
            try shop.note("refund", order, #""lines":[{"line":3}]"#)["refunded"]?.stringValue, order.amounts.total.text)
        XCTAssertEqual(try shop.now(order).state, .refunded)
    }

    func testWhatIsCancelledComesOffTheOrderAndItsMoneyGoesBackOnce() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), #"{"payment":{"state":"paid"}}"#)

        let less = try shop.note("cancel-lines", order, #""lines":[{"sku":"MUG","quantity":1}],"reason":"broken""#)
        XCTAssertEqual(less.standing, "paid unfulfilled")
        XCTAssertEqual(try shop.now(order).net.minor, 1_900)
        try shop.note("refund", order, #""lines":[{"sku":"MUG","quantity":1}]"#)
        XCTAssertEqual(try shop.now(order).net.minor, 1_900)
        XCTAssertEqual(try shop.note("ship", order).standing, "partially_refunded fulfilled")
        XCTAssertEqual(try shop.now(order).state, .completed)
        try shop.note("refund", order, #""amount":"2.00""#)
        XCTAssertEqual(try shop.now(order).net.minor, 1_700)
    }

    func testAnOrderWithAllLinesCancelledIsCancelled() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), #"{"payment":{"state":"paid"}}"#)

        XCTAssertEqual(try shop.note("cancel-lines", order).standing, "paid cancelled")
        XCTAssertEqual(try shop.now(order).state, .cancelled)
        XCTAssertEqual(try shop.now(order).net.minor, 0)
        XCTAssertEqual(try shop.note("refund", order).standing, "refunded cancelled")
        XCTAssertEqual(try shop.now(order).state, .cancelled)
        let unpaid = try shop.sell(mugs())
        XCTAssertEqual(try shop.note("cancel-lines", unpaid).standing, "voided cancelled")
    }

    func testReturnsAreAnnouncedAndReceived() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs(), #"{"payment":{"state":"paid"}}"#)
        try shop.note("ship", order)
        try shop.note("return", order, #""lines":[{"sku":"MUG","quantity":2}],"reason":"too big""#)
        try shop.note("return", order, #""lines":[{"sku":"TEA"}]"#)

        XCTAssertThrowsError(try shop.note("receive", order)) {
            XCTAssertEqual($0 as? ChannelRefusal, .badValue("return", "several are on their way; say which"))
        }
        let one = try shop.note("receive", order, #""return":1,"lines":[{"sku":"MUG","quantity":1}]"#)
        XCTAssertEqual(one.standing, "paid partially_returned")
        XCTAssertEqual(one["lines"]?.arrayValue?.first?["returning"], .number("0"))
        XCTAssertEqual(try shop.note("receive", order).standing, "paid partially_returned")
        XCTAssertEqual(try shop.note("receive", order, #""return":1"#)["rev"], try shop.note("show", order)["rev"])
        try shop.note("return", order)
        XCTAssertEqual(try shop.note("receive", order).standing, "paid returned")
        XCTAssertEqual(
            try shop.texts(of: order).suffix(3), ["Return 1: received", "Return 2: received", "Return 3: received"])
    }

    func testADeliveryIsNotedOnceAndNotBeforeTheShipment() throws {
        let shop = try ShopBook()
        let order = try shop.sell(mugs())
        try shop.note("ship", order, #""tracking":"7""#)

        XCTAssertThrowsError(try shop.note("deliver", order, #""delivered_at":"2026-11-21""#)) {
            XCTAssertEqual($0 as? ChannelRefusal, .badValue("delivered_at", "it was shipped later"))
        }
        XCTAssertEqual(try shop.ask("shipments", #"{"delivered":false}"#).rows.count, 1)
        let rev = try shop.note("deliver", order)["rev"]
        XCTAssertEqual(try shop.note("deliver", order, #""shipment":1"#)["rev"], rev)
        XCTAssertEqual(try shop.ask("shipments", #"{"delivered":false}"#).rows, [])
        XCTAssertEqual(
            try shop.ask("shipments", #"{"order":1}"#).rows.first?["delivered_at"], .string("2026-11-22T10:00:00Z"))
    }

    func testAReturnThatWasRegisteredByItselfIsNoSale() throws {
        let shop = try ShopBook()
        let back = try shop.sell(try [ShopBook.line("MUG", "1", "7.50")]) { $0.kind = .return }

        XCTAssertThrowsError(try shop.note("ship", back)) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "not-a-sale")
        }
        XCTAssertThrowsError(try shop.ask("ship", #"{"ext":"nobody"}"#)) {
            XCTAssertEqual($0 as? OrderError, .notFound)
        }
        XCTAssertThrowsError(try shop.ask("ship")) {
            XCTAssertEqual($0 as? ChannelRefusal, .badValue("order", "give the order, or ext, the shop's own id of it"))
        }
    }

    func testInstantDeliveryFulfilsWithThePayment() throws {
        let shop = try ShopBook(["instant_delivery": "true"])
        let order = try shop.sell()

        XCTAssertEqual(try shop.note("pay", order).standing, "paid fulfilled")
        XCTAssertEqual(try shop.now(order).state, .completed)
    }
}

extension ShopBook {
    /// The order's details for people, "label: text" each.
    func texts(of order: Order) throws -> [String] {
        channel.lines(of: try Details(storedWith: now(order)), occasion).map { "\($0.label): \($0.text)" }
    }
}
