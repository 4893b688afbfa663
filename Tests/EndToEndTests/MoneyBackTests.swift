import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// Only what was paid is given back, whatever the channel.
final class MoneyBackTests: XCTestCase {
    private static let booking = #"channel=booking total=20.00 customer={"email":"ann@example.org"} details={"#
    private static let time =
        #""service":"Advice","start":"2026-01-05T10:00","end":"2026-01-05T11:00","time_zone":"Europe/Berlin""#
    private static let tickets =
        #"channel=events total=20.00 customer={"email":"ann@example.org"} details={"event":"Jazz","tickets":[{"type":"seat","attendee":"Ann"}]}"#

    func testWhatNobodyPaidIsNotGivenBack() throws {
        try withShop { _, connection in
            for order in [
                #"channel=manual total=20.00 details={"source":"phone"}"#, Self.booking + Self.time + "}",
                Self.tickets, "channel=online-shop total=20.00",
            ] {
                let id = try connection.ok("order.register \(order)" + " ext=1").number("order") ?? 0
                for line in [
                    "order.refund \(id)", "order.refund \(id) amount=4.00", "order.update \(id) state=refunded",
                ] {
                    XCTAssertEqual(try connection.refusal(line), "409 nothing-paid", "\(order): \(line)")
                }
                XCTAssertEqual(try connection.ok("order.show \(id)").text("refunded"), "0.00", order)
            }
            XCTAssertEqual(try connection.refusal("online-shop.refund ext=1"), "409 nothing-paid")
            XCTAssertEqual(try connection.refusal("online-shop.refund ext=1 amount=1.00"), "409 nothing-paid")
        }
    }

    func testWhatIsDoneCountsAsPaidUnlessItIsToldOtherwise() throws {
        try withShop { _, connection in
            let orders = [
                #"channel=manual state=done total=20.00 details={"source":"phone"}"#,
                "state=attended " + Self.booking + Self.time + "}", "state=paid " + Self.tickets,
                "state=checked-in " + Self.tickets,
            ]
            for (index, order) in orders.enumerated() {
                let id = try connection.ok("order.register \(order) ext=d\(index)").number("order") ?? 0
                XCTAssertEqual(try connection.ok("order.show \(id)").text("paid"), "20.00", order)
                try connection.ok("order.refund \(id) amount=4.00")
                XCTAssertEqual(try connection.ok("order.refund \(id)").text("refunded"), "20.00", order)
            }
            let missed = try connection.ok("order.register state=no-show ext=n " + Self.booking + Self.time + "}")
            XCTAssertEqual(try connection.refusal("order.refund \(missed.number("order") ?? 0)"), "409 nothing-paid")
        }
    }

    func testADepositIsAllThatGoesBack() throws {
        try withShop { _, connection in
            for (index, order) in [
                #"channel=manual total=20.00 details={"source":"phone","paid":"5.00"}"#,
                Self.booking + Self.time + #","paid":"5.00"}"#,
            ].enumerated() {
                let id = try connection.ok("order.register \(order) ext=\(index)").number("order") ?? 0
                XCTAssertEqual(try connection.ok("order.show \(id)").text("paid"), "5.00")
                let error = try connection.ask("order.refund \(id) amount=5.01").error
                XCTAssertEqual(error?.text, "422 refund-too-big")
                XCTAssertEqual(error?.body.text("left"), "5.00")
                try connection.ok("order.refund \(id) amount=5.00")
                XCTAssertEqual(try connection.refusal("order.refund \(id) amount=1.00"), "409 nothing-paid")
                XCTAssertEqual(
                    try connection.refusal(#"order.update \#(id) details={"paid":"-1.00"}"#), "400 bad-value")
                try connection.ok(#"order.update \#(id) details={"paid":"20.00"}"#)
                XCTAssertEqual(try connection.ok("order.refund \(id)").text("refunded"), "20.00", order)
            }
        }
    }
}
