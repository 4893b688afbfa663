import ChannelKit
import OnlineShop
import XCTest

final class OnlineShopTests: XCTestCase {
    private let full = """
        {"payment":{"state":"paid","method":"card","amount":"12.00"},"fulfilment":{"state":"partial",
        "tracking":[{"carrier":"DHL","number":"0034"},{"number":"0035"}]},"shipping":{"method":"express",
        "amount":"4.90","address":{"street":"Am Weg 1","city":"Köln","zip":null}},"guest":true,"session":"s-1",
        "vat_id":"DE1","gift":"yes"}
        """

    func testAnOrderWithoutDetailsIsPending() throws {
        let draft = try OnlineShop.made().translated("{}")

        XCTAssertEqual(draft.state, .open)
        XCTAssertEqual(draft.channelState, "pending")
        XCTAssertEqual(draft.paidMinor, 0)
        XCTAssertEqual(draft.chargesMinor, 0)
        XCTAssertFalse(draft.isPaidInFull)
    }

    func testAFullOrderTellsWhatIsPaidAndCharged() throws {
        let draft = try OnlineShop.made().translated(full)

        XCTAssertEqual(draft.state, .confirmed)
        XCTAssertEqual(draft.channelState, "paid")
        XCTAssertEqual(draft.paidMinor, 1200)
        XCTAssertEqual(draft.chargesMinor, 490)
        XCTAssertFalse(draft.isPaidInFull)
        XCTAssertEqual(draft.details, Sample.fragment(try JSON(parsing: full)))
    }

    func testTheTaxOfShippingIsPartOfTheTax() throws {
        let shop = try OnlineShop.made()
        let details = #"{"shipping":{"amount":"11.90","tax_rate":"19"}}"#
        let charges = { (draft: OrderDraft) in [draft.chargesMinor, draft.chargesTaxMinor] }

        XCTAssertEqual(charges(try shop.translated(details)), [1_190, 190])
        XCTAssertEqual(charges(try shop.translated(details) { $0.kind = .return }), [-1_190, -190])
        XCTAssertEqual(charges(try shop.translated(#"{"shipping":{"tax_rate":"19"}}"#)), [0, 0])
        shop.assertRefused(
            #"{"shipping":{"amount":"1","tax_rate":"much"}}"#,
            .badDetail("shipping.tax_rate", ValueError.badPercentage("much").description))
    }

    func testTheTaxOfShippingStaysOnceTheOrderIsThere() throws {
        let book = try ShopBook()
        let order = try book.sell([], #"{"shipping":{"amount":"11.90","tax_rate":"19"}}"#)
        let shop = try OnlineShop.made()

        XCTAssertEqual([order.amounts.total.text, order.amounts.tax.text], ["23.90", "1.90"])
        XCTAssertThrowsError(try shop.revised(#"{"shipping":{"amount":"11.90","tax_rate":"7"}}"#, of: order)) {
            XCTAssertEqual(
                $0 as? ChannelRefusal,
                .badDetail("shipping.tax_rate", "the tax of an order that is there stays 1.90"))
        }
        XCTAssertNoThrow(try shop.revised(#"{"shipping":{"amount":"11.90","tax_rate":"19.0"}}"#, of: order))
    }

    func testAmountsOfAReturnGoBack() throws {
        let draft = try OnlineShop.made().translated(full) { $0.kind = .return }

        XCTAssertEqual(draft.paidMinor, -1200)
        XCTAssertEqual(draft.chargesMinor, -490)
    }

    func testTheStateFollowsFromPaymentAndFulfilment() throws {
        for (payment, fulfilment, state, common) in [
            ("pending", "unfulfilled", "pending", OrderState.open), ("authorized", "partial", "pending", .open),
            ("paid", "unfulfilled", "paid", .confirmed), ("paid", "partial", "paid", .confirmed),
            ("partially_refunded", "unfulfilled", "paid", .confirmed),
            ("pending", "fulfilled", "shipped", .confirmed),
            ("paid", "returned", "fulfilled", .completed), ("refunded", "fulfilled", "refunded", .refunded),
            ("failed", "unfulfilled", "failed", .open),
        ] {
            let details = #"{"payment":{"state":"\#(payment)"},"fulfilment":{"state":"\#(fulfilment)"}}"#
            let draft = try OnlineShop.made().translated(details)
            let change = try OnlineShop.made().revised(details)

            XCTAssertEqual(draft.channelState, state, details)
            XCTAssertEqual(draft.state, common, details)
            XCTAssertEqual(change.channelState, state == "pending" ? nil : state, details)
            XCTAssertEqual(change.state, common == .open ? nil : common, details)
        }
    }

    func testGoodsOfWhichNothingIsPaidAreShippedAndNotDone() throws {
        let shop = try OnlineShop.made()
        let fulfilled = #"{"fulfilment":{"state":"fulfilled"}}"#

        XCTAssertEqual(try shop.translated(fulfilled).channelState, "fulfilled")
        XCTAssertEqual(try shop.revised(fulfilled).channelState, "shipped")
        XCTAssertEqual(try shop.revised(fulfilled, of: Sample.order { $0.isPaidInFull = true }).state, .completed)
    }

    func testAGivenStateIsKept() throws {
        let draft = try OnlineShop.made().translated(full) { $0.give(.cancelled) }
        let open = try OnlineShop.made().translated(full) { $0.give(.open) }
        let change = try OnlineShop.made().revised(full, of: Sample.order(full)) { $0.state = .confirmed }

        XCTAssertEqual(draft.state, .cancelled)
        XCTAssertNil(draft.channelState)
        XCTAssertEqual(open.state, .open)
        XCTAssertNil(open.channelState)
        XCTAssertEqual(change.state, .confirmed)
        XCTAssertNil(change.channelState)
    }

    func testPaymentWithoutAnAmountIsPaymentInFull() throws {
        let shop = try OnlineShop.made()

        XCTAssertTrue(try shop.translated(#"{"payment":{"state":"paid"}}"#).isPaidInFull)
        XCTAssertTrue(try shop.translated(#"{"payment":{"state":"refunded"}}"#).isPaidInFull)
        XCTAssertFalse(try shop.translated(#"{"payment":{"state":"authorized"}}"#).isPaidInFull)
        XCTAssertFalse(try shop.translated("{}") { $0.give(.confirmed) }.isPaidInFull)
        let paid = try shop.translated("{}") { $0.give(.confirmed, "paid") }
        XCTAssertTrue(paid.isPaidInFull)
    }

    func testMoneyThatHasNotArrivedIsNotPaid() throws {
        for state in ["pending", "authorized", "failed"] {
            let details = #"{"payment":{"state":"\#(state)","amount":"12.00"}}"#

            XCTAssertEqual(try OnlineShop.made().translated(details).paidMinor, 0, state)
            XCTAssertNil(try OnlineShop.made().revised(details).paidMinor, state)
        }
    }

    func testInstantDeliveryFulfilsWhatIsPaid() throws {
        let shop = try OnlineShop.made(["instant_delivery": "true"])

        XCTAssertEqual(try shop.translated(#"{"payment":{"state":"paid"}}"#).state, .completed)
        XCTAssertEqual(try shop.translated(full).state, .confirmed)
    }

    func testWrongDetailsAreRefused() throws {
        let shop = try OnlineShop.made()
        let payment =
            "one of pending, authorized, partially_paid, paid, partially_refunded, refunded, failed, voided is needed here"
        let fulfilment =
            "one of unfulfilled, partial, fulfilled, partially_returned, returned, cancelled is needed here"
        let atLeast = "an amount of at least 0 is needed here"
        for (details, path, reason) in [
            (#"{"payment":{"state":"due"}}"#, "payment.state", payment),
            (#"{"payment":{"amount":"-1"}}"#, "payment.amount", atLeast),
            (#"{"payment":{"amount":"1.005"}}"#, "payment.amount", "more than 2 fraction digits"),
            (#"{"payment":{"method":[]}}"#, "payment.method", "text is needed here"),
            (#"{"payment":"paid"}"#, "payment", "an object is needed here"),
            (#"{"fulfilment":{"state":"sent"}}"#, "fulfilment.state", fulfilment),
            (#"{"fulfilment":{"tracking":{}}}"#, "fulfilment.tracking", "a list is needed here"),
            (
                #"{"fulfilment":{"tracking":[{},{"number":{}}]}}"#, "fulfilment.tracking[1].number",
                "text is needed here"
            ),
            (#"{"shipping":{"amount":"-4.90"}}"#, "shipping.amount", atLeast),
            (#"{"shipping":{"address":7}}"#, "shipping.address", "text or an object is needed here"),
            (#"{"guest":"yes"}"#, "guest", "true or false is needed here"),
            (#"{"session":[]}"#, "session", "text is needed here"),
            (#"{"vat_id":{}}"#, "vat_id", "text is needed here"),
        ] {
            shop.assertRefused(details, .badDetail(path, reason))
        }
    }

    func testChargesBeyondTheRangeAreRefused() throws {
        let details = #"{"shipping":{"amount":"92233720368547758.07"}}"#

        XCTAssertThrowsError(try OnlineShop.made().translated(details) { $0.chargesMinor = 1 }) {
            XCTAssertEqual($0 as? ChannelRefusal, .badDetail("shipping.amount", "number out of range"))
        }
    }

    func testItsStatesStandForTheCommonOnes() throws {
        XCTAssertEqual(
            try OnlineShop.made().stateMap(),
            [
                "pending=open", "paid=confirmed", "fulfilled=completed", "cancelled=cancelled", "refunded=refunded",
                "failed=open", "shipped=confirmed",
            ])
        XCTAssertThrowsError(try OnlineShop.made().state(for: "lost")) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.description, "this channel has no state lost")
        }
    }

    func testPersonalDetailsAreFoundAndErased() throws {
        XCTAssertEqual(
            try OnlineShop.personal(full),
            [#"{"street":"Am Weg 1","city":"Köln","zip":null}"#, #""DE1""#, #""s-1""#, #""0034""#, #""0035""#])
        XCTAssertEqual(
            try OnlineShop.erased(full),
            """
            {"fulfilment":{"state":"partial","tracking":[{"carrier":"DHL","number":null},{"number":null}]},\
            "gift":"yes","guest":true,"payment":{"amount":"12.00","method":"card","state":"paid"},"session":null,\
            "shipping":{"address":null,"amount":"4.90","method":"express"},"vat_id":null}
            """)
    }

    func testLinesAreReadableBeforeAndAfterErasure() throws {
        let shop = try OnlineShop.made()
        let before = ["Payment: paid", "Payment method: card", "Payment amount: 12.00", "Fulfilment: partial"]

        XCTAssertEqual(
            try shop.texts(full),
            before + [
                "Tracking: DHL 0034", "Tracking: 0035", "Shipping: express", "Shipping costs: 4.90",
                "Ship to: Am Weg 1, Köln", "Checkout: guest", "VAT id: DE1",
            ])
        XCTAssertEqual(
            try shop.texts(try OnlineShop.erased(full)),
            before + ["Tracking: DHL", "Shipping: express", "Shipping costs: 4.90", "Checkout: guest"])
        XCTAssertEqual(try shop.texts(#"{"shipping":{"address":"Am Weg 1"}}"#), ["Ship to: Am Weg 1"])
        XCTAssertEqual(try shop.texts("{}"), [])
    }
}
