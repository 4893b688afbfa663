import ChannelKit
import OnlineShop
import XCTest

final class OnlineShopRevisionTests: XCTestCase {
    func testARevisionPaysAndSaysNothingOfWhatItDoesNotTell() throws {
        let paid = try OnlineShop.made().revised(#"{"payment":{"state":"paid","amount":"7.50"}}"#)
        let tracked = try OnlineShop.made().revised(#"{"fulfilment":{"tracking":[{"number":"1"}]}}"#)

        XCTAssertEqual(paid.paidMinor, 750)
        XCTAssertNil(tracked.state)
        XCTAssertNil(tracked.channelState)
        XCTAssertNil(tracked.paidMinor)
    }

    func testPaymentsAreInTheOrdersCurrencyAndGoBackWithAReturn() throws {
        let shop = try OnlineShop.made()
        let kuwait = try Sample.order { try $0.sell(in: "KWD") }
        let back = try Sample.order { $0.kind = .return }

        XCTAssertEqual(
            try shop.revised(#"{"payment":{"state":"paid","amount":"7.505"}}"#, of: kuwait).paidMinor, 7505)
        XCTAssertEqual(try shop.revised(#"{"payment":{"state":"paid","amount":"7.50"}}"#, of: back).paidMinor, -750)
    }

    func testPaymentWithoutAnAmountIsPaymentInFull() throws {
        let shop = try OnlineShop.made()

        for (details, isPaid) in [
            (#"{"payment":{"state":"paid"}}"#, true), (#"{"payment":{"state":"refunded"}}"#, true),
            (#"{"payment":{"state":"paid","amount":"7.50"}}"#, false),
            (#"{"payment":{"state":"authorized"}}"#, false), ("{}", false),
        ] {
            XCTAssertEqual(try shop.revised(details).isPaidInFull, isPaid, details)
        }
        let paid = try shop.revised("{}") { ($0.state, $0.channelState) = (.confirmed, "paid") }
        XCTAssertTrue(paid.isPaidInFull)
    }

    func testWhatTheDetailsSaidAlreadyIsNotSaidAgain() throws {
        let shop = try OnlineShop.made()
        let paid = #"{"payment":{"state":"paid"}}"#
        let tracked = #"{"payment":{"state":"paid"},"fulfilment":{"tracking":[{"number":"1"}]}}"#

        for state in [OrderState.open, .completed, .cancelled, .refunded, .expired] {
            let change = try shop.revised(tracked, of: Sample.order(paid) { $0.give(state) })

            XCTAssertNil(change.state, state.rawValue)
            XCTAssertNil(change.channelState, state.rawValue)
        }
    }

    func testAnOrderThatWasConfirmedByHandDoesNotFallBackForWhatIsUnsaid() throws {
        let order = try Sample.order { $0.give(.confirmed, "paid") }
        let change = try OnlineShop.made().revised(#"{"fulfilment":{"state":"partial"}}"#, of: order)

        XCTAssertNil(change.state)
        XCTAssertNil(change.channelState)
    }

    func testAStateTheOrderHasAlreadyIsNoChange() throws {
        let order = try Sample.order { $0.give(.refunded, "refunded") }
        let change = try OnlineShop.made().revised(#"{"payment":{"state":"refunded"}}"#, of: order)

        XCTAssertNil(change.state)
        XCTAssertNil(change.channelState)
    }

    func testACancelledOrderWhoseMoneyGoesBackStaysCancelled() throws {
        let order = try Sample.order(#"{"payment":{"state":"paid"}}"#) { draft in
            draft.give(.cancelled, "cancelled")
            draft.isPaidInFull = true
        }
        let refunded = try OnlineShop.made().revised(#"{"payment":{"state":"refunded"}}"#, of: order)
        let sent = try OnlineShop.made().revised(#"{"fulfilment":{"state":"fulfilled"}}"#, of: order)

        XCTAssertNil(refunded.state)
        XCTAssertNil(refunded.channelState)
        XCTAssertEqual(sent.state, .completed)
    }
}
