import ChannelKit
import Events
import XCTest

final class EventMoneyBackTests: XCTestCase {
    func testSingleTicketsAreGivenBackAtWhatTheyCameTo() throws {
        let desk = try EventDesk.jazz(quota: 3)
        try desk.core { transaction in
            let coupon = CouponWriter(transaction, try Sample.occasion())
            try coupon.create(
                CouponTerms(
                    code: "TEN", benefit: .percent(try Percentage(parsing: "10")), currency: try Currency("EUR")))
        }
        let placed = try desk.register(
            """
            {"event":"jazz","tickets":[{"type":"seat","attendee":"A"},{"type":"seat","attendee":"B"},
            {"type":"seat","attendee":"C"}]}
            """
        ) {
            $0.coupon = "TEN"
            $0.give(.confirmed, "paid")
        }
        XCTAssertEqual(placed.total, "27.00")
        let order = placed.order.rawValue

        let first = try desk.ask("refund-ticket", #"{"ticket":\#(order)002}"#)
        XCTAssertEqual(first["refunded"]?.stringValue, "9.00")
        XCTAssertEqual(try desk.states(placed.order), ["valid", "cancelled", "valid"])
        XCTAssertEqual(try desk.seats(), "2 sold, 0 held, 1 left")
        try desk.ask("check-in", #"{"event":"jazz","ticket":\#(order)001}"#)
        desk.assertRefused("refund-ticket", #"{"ticket":\#(order)001}"#, "409 already-checked-in")
        desk.assertRefused("refund-ticket", #"{"ticket":\#(order)003,"amount":"18.01"}"#, "422 refund-too-big")
        desk.assertRefused("refund-ticket", #"{"ticket":\#(order)003,"amount":"18.00"}"#, "422 refunds-all")
        let second = try desk.ask("refund-ticket", #"{"ticket":\#(order)003,"amount":"0.00"}"#)

        XCTAssertEqual(second["refunded"]?.stringValue, "9.00")
        XCTAssertEqual(second["state"]?.stringValue, "checked-in")
        XCTAssertEqual(try desk.seats(), "1 sold, 0 held, 2 left")
    }

    func testTheTicketsOfADiscountedOrderComeToWhatWasPaid() throws {
        let desk = try EventDesk.jazz(quota: 3)
        try desk.core { transaction in
            let coupon = CouponWriter(transaction, try Sample.occasion())
            try coupon.create(
                CouponTerms(
                    code: "TEN", benefit: .amount(Money(minor: 1_000, currency: try Currency("EUR"))),
                    currency: try Currency("EUR")))
        }
        let tickets = ["A", "B", "C"].map { #"{"type":"seat","attendee":"\#($0)"}"# }.joined(separator: ",")
        let placed = try desk.register(#"{"event":"jazz","tickets":[\#(tickets)]}"#) {
            $0.coupon = "TEN"
            $0.give(.confirmed, "paid")
        }
        XCTAssertEqual(placed.total, "20.00")

        let refunded = try (1...3).map { position in
            try desk.ask("refund-ticket", #"{"ticket":\#(placed.order.rawValue)00\#(position)}"#)["refunded"]?
                .stringValue
        }

        XCTAssertEqual(refunded, ["6.66", "13.32", "20.00"])
        XCTAssertEqual(try desk.order(placed.order).state, .refunded)
    }

    func testTheMoneyOfACancelledEventCanBeGivenBackLater() throws {
        let desk = try EventDesk.jazz(quota: 3)
        let order = try desk.sell(2)

        try desk.ask("cancel-event", #"{"event":"jazz"}"#)

        XCTAssertEqual(try desk.order(order).channelState, "paid")
        XCTAssertEqual(try desk.states(order), ["cancelled", "cancelled"])
        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 3 left")
        XCTAssertEqual(try desk.set(order, .refunded, "refunded").refunded.text, "20.00")
    }

    func testWithTheLastTicketTheOrderIsRefunded() throws {
        let desk = try EventDesk.jazz(quota: 3)
        let order = try desk.sell(2)

        try desk.ask("refund-ticket", #"{"ticket":\#(order.rawValue)001}"#)
        let last = try desk.ask("refund-ticket", #"{"ticket":\#(order.rawValue)002}"#)

        XCTAssertEqual(last["state"]?.stringValue, "refunded")
        XCTAssertEqual(last["refunded"]?.stringValue, "20.00")
        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 3 left")
        desk.assertRefused("refund-ticket", #"{"ticket":\#(order.rawValue)002}"#, "409 ticket-cancelled")
    }

    func testACancelledEventTakesItsTicketsAndOrdersAlong() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let held = try desk.hold(1)
        let sold = try desk.sell(1)
        let half = try desk.sell(2)
        let ticket = #"{"event":"jazz","ticket":\#(half.rawValue)001}"#
        try desk.ask("check-in", ticket)

        let first = try desk.ask("cancel-event", #"{"event":"jazz","refund":true,"limit":2}"#)
        XCTAssertEqual(first["cancelled"]?.integerValue, 2)
        XCTAssertEqual(first["more"]?.boolValue, true)
        desk.assertRefused("check-in", #"{"event":"jazz","ticket":\#(half.rawValue)002}"#, "409 event-cancelled")
        let second = try desk.ask("cancel-event", #"{"event":"jazz","refund":true,"limit":2}"#)
        XCTAssertEqual(second["cancelled"]?.integerValue, 1)
        XCTAssertEqual(second["more"]?.boolValue, false)

        XCTAssertEqual(try desk.order(held).channelState, "cancelled")
        XCTAssertEqual(try desk.order(sold).channelState, "refunded")
        XCTAssertEqual(try desk.states(half), ["checked-in", "cancelled"])
        desk.assertRefused("hold", #"{"event":"jazz","tickets":[{"type":"seat"}]}"#, "409 event-cancelled")
        desk.assertRefused("update", #"{"event":"jazz","title":"On again"}"#, "409 event-cancelled")
        XCTAssertEqual(try desk.ask("show", #"{"event":"jazz"}"#)["state"]?.stringValue, "cancelled")
    }
}
