import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class OrderChangeTests: XCTestCase {
    func testACancelledOrderLeavesTheTotalsAndGivesItsCouponBack() throws {
        try withShop { _, connection in
            try connection.ok("coupon.create code=ONCE percent=10 limit=1")
            try Self.order(connection, "1", "10.00", "coupon=once")
            try Self.order(connection, "2", "5.00")
            try assertAnn(connection, orders: 2, total: "14.00")
            XCTAssertEqual(try connection.ok("coupon.show ONCE").number("used"), 1)

            let cancelled = try connection.ok("order.cancel channel=online-shop ext=1")

            XCTAssertEqual(cancelled.text("state"), "cancelled")
            try assertAnn(connection, orders: 1, total: "5.00")
            XCTAssertEqual(try connection.ok("coupon.show ONCE").number("used"), 0)
            XCTAssertEqual(try connection.ok("order.cancel 1").text("state"), "cancelled")
            XCTAssertEqual(try connection.refusal("order.update 1 state=confirmed"), "409 order-closed")
            try assertAnn(connection, orders: 1, total: "5.00")
            try Self.order(connection, "3", "10.00", "coupon=ONCE")
            XCTAssertEqual(
                try connection.rows("timeline.list 1").compactMap { $0.text("topic") }.filter {
                    $0 != "order.registered"
                },
                ["coupon.redeemed", "order.cancelled", "coupon.released", "coupon.redeemed", "customer.created"])
        }
    }

    func testPartOfAnOrderIsGivenBackAndThenTheRest() throws {
        try withShop { _, connection in
            try Self.order(connection, "1", "10.00", "state=paid")

            let part = try connection.ok("order.refund 1 amount=4.00")
            XCTAssertEqual(part.text("state"), "confirmed")
            XCTAssertEqual(part.text("refunded"), "4.00")
            try assertAnn(connection, orders: 1, total: "6.00")
            let tooMuch = try connection.ask("order.refund 1 amount=6.01")
            XCTAssertEqual(tooMuch.error?.slug, "refund-too-big")
            XCTAssertEqual(tooMuch.error?.body.text("left"), "6.00")
            XCTAssertEqual(try connection.refusal("order.refund 1 amount=0.00"), "422 refund-too-big")
            XCTAssertEqual(try connection.refusal("order.refund 1 amount=-1.00"), "422 refund-too-big")
            XCTAssertEqual(try connection.refusal("order.refund 1 amount=1.00 if_rev=1"), "412 stale-revision")

            let rest = try connection.ok("order.refund 1")

            XCTAssertEqual(rest.text("state"), "refunded")
            XCTAssertEqual(rest.text("refunded"), "10.00")
            try assertAnn(connection, orders: 1, total: "0.00")
            XCTAssertEqual(try connection.refusal("order.refund 1"), "409 order-closed")
            XCTAssertEqual(
                try connection.rows("event.list topics=order.refunded").compactMap { $0["data"]?.text("amount") },
                ["4.00", "6.00"])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testACouponIsNotGivenBackWhereThePolicySaysNever() throws {
        try withShop("coupon.release=never") { _, connection in
            try connection.ok("coupon.create code=ONCE percent=10 limit=1")
            try Self.order(connection, "1", "10.00", "coupon=ONCE")
            try connection.ok("order.cancel 1")
            XCTAssertEqual(try connection.ok("coupon.show ONCE").number("used"), 1)
            XCTAssertEqual(
                try connection.refusal("order.register channel=online-shop ext=2 customer=1 total=1.00 coupon=ONCE"),
                "409 coupon-exhausted")
            try assertAnn(connection, orders: 0, total: nil)
        }
    }

    func testAMovedOrderTakesItsTotalsAndItsCouponAlong() throws {
        try withShop { _, connection in
            try connection.ok("coupon.create code=EACH percent=10 per_customer=1")
            try Self.order(connection, "1", "10.00", "coupon=EACH")
            try Self.order(connection, "2", "5.00")
            try connection.ok("customer.create name=Bo")

            let moved = try connection.ok("order.move 1 customer=2")

            XCTAssertEqual(moved.number("customer"), 2)
            XCTAssertEqual(moved.text("match"), "given")
            XCTAssertEqual(moved["buyer"]?.text("email"), "ann@example.org")
            try assertAnn(connection, orders: 1, total: "5.00")
            XCTAssertEqual(try connection.ok("customer.show 2")["totals"]?.text("EUR"), "9.00")
            XCTAssertEqual(try connection.rows("order.list customer=2").count, 1)
            XCTAssertEqual(try connection.refusal("coupon.check code=EACH customer=2"), "409 coupon-customer-limit")
            XCTAssertEqual(try connection.ok("coupon.check code=EACH customer=1")["valid"]?.boolValue, true)
            XCTAssertEqual(try connection.refusal("order.move 1 customer=9"), "404 no-customer")
            XCTAssertEqual(try connection.refusal("order.move 9 customer=1"), "404 no-order")
        }
    }

    func testAnUpdateChangesStatesAndDetails() throws {
        try withShop { _, connection in
            let details =
                #"{"service":"Cut","start":"2025-03-05T18:00","end":"2025-03-05T19:30","time_zone":"Europe/Berlin"}"#
            try connection.ok(
                #"order.register channel=booking ext=b1 customer={"email":"ann@example.org"} total=30.00 details=\#(details)"#
            )

            let confirmed = try connection.ok(#"order.update 1 channel_state=confirmed details={"service":"Colour"}"#)

            XCTAssertEqual(confirmed.text("state"), "confirmed")
            XCTAssertEqual(confirmed.text("channel_state"), "confirmed")
            XCTAssertEqual(confirmed["details"]?.text("service"), "Colour")
            XCTAssertEqual(try connection.ok("order.update 1 state=attended").text("state"), "completed")
            try assertAnn(connection, orders: 1, total: "30.00")
            XCTAssertEqual(try connection.refusal("order.update 1 state=eaten"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("order.update 9 state=open"), "404 no-order")
        }
    }

    func testOfDetailsWithEqualNamesTheLastCountsAndNullTakesOneAway() throws {
        try withShop { _, connection in
            try Self.order(connection, "1", "10.00", #"details={"colour":"red","size":"S"}"#)

            for (given, colour) in [
                (#"{"colour":"blue","colour":"green"}"#, "green"), (#"{"colour":"red","colour":null}"#, nil),
                (#"{"colour":null,"colour":"grey"}"#, "grey"),
            ] {
                let changed = try connection.ok("order.update 1 details=\(given)")

                XCTAssertEqual(changed["details"]?.text("colour"), colour, given)
                XCTAssertEqual(changed["details"]?.text("size"), "S", given)
            }
        }
    }

    func testAReturnLowersTheTotalAndIsNoOrder() throws {
        try withShop { _, connection in
            let line = #"lines=[{"sku":"MUG","quantity":2,"unit_price":"7.50"}]"#
            try connection.ok(
                #"order.register channel=online-shop ext=1 customer={"email":"ann@example.org"} \#(line)"#)

            let back = try connection.ok(
                #"order.register channel=online-shop ext=1-r kind=return customer=1 lines=[{"sku":"MUG","quantity":-1,"unit_price":"7.50"}]"#
            )

            XCTAssertEqual(back.text("total"), "-7.50")
            try assertAnn(connection, orders: 1, total: "7.50")
            XCTAssertEqual(try connection.ok("order.show 2").text("kind"), "return")
            XCTAssertEqual(
                try connection.refusal("order.register channel=online-shop ext=x customer=1 total=-1.00"),
                "422 negative-total")
            try connection.ok("order.cancel 2")
            try assertAnn(connection, orders: 1, total: "15.00")
        }
    }

    func testTestOrdersAreKeptApart() throws {
        try withShop { _, connection in
            try Self.order(connection, "1", "10.00")
            let trial = try connection.ok(
                "order.register channel=online-shop ext=2 customer=1 total=99.00 test=true")
            XCTAssertEqual(trial.text("total"), "99.00")
            XCTAssertEqual(try connection.ok("order.show 2")["test"]?.boolValue, true)
            try assertAnn(connection, orders: 1, total: "10.00")
            try connection.ok("order.cancel 2")
            try assertAnn(connection, orders: 1, total: "10.00")
        }
    }

    func testAWrongTotalIsRefused() throws {
        try withShop { _, connection in
            let line = #"order.register channel=online-shop ext=1 lines=[{"quantity":3,"unit_price":"0.335"}]"#
            let error = try connection.ask("\(line) total=1.01").error
            XCTAssertEqual(error?.text, "422 total-mismatch")
            XCTAssertEqual(error?.body.text("computed"), "1.00")
            XCTAssertEqual(try connection.ok("\(line) total=1.00").text("total"), "1.00")
            XCTAssertEqual(try connection.refusal("order.register channel=online-shop ext=2"), "422 incomplete")
            XCTAssertEqual(
                try connection.refusal("order.register channel=online-shop total=1.00"), "400 missing-argument")
        }
    }

    func testADeniedCustomerIsRefusedOnEveryChannelAndNothingIsWritten() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org phone=01712345678")
            try connection.ok("coupon.create code=TEN percent=10")
            try connection.ok("customer.deny 1 reason=unpaid")
            let rev = try connection.ok("customer.show 1").number("rev")
            let seq = try connection.rows("event.list").last?.number("seq")
            let buyers = [#"{"email":" ANN@example.org","company":"New"}"#, #"{"phone":"+49 171 2345678"}"#, "1"]
            for (channel, details) in Self.channels {
                for buyer in buyers {
                    let line =
                        "order.register channel=\(channel) ext=x customer=\(buyer) total=1.00 coupon=TEN"
                        + " consent=true details=\(details)"
                    let error = try connection.ask(line).error
                    XCTAssertEqual(error?.text, "403 denied", line)
                    XCTAssertEqual(error?.message, "this customer may not order")
                }
            }
            XCTAssertEqual(try connection.rows("order.list"), [])
            XCTAssertEqual(try connection.ok("customer.show 1").number("rev"), rev)
            XCTAssertEqual(try connection.rows("event.list").last?.number("seq"), seq)
            XCTAssertEqual(try connection.ok("coupon.show TEN").number("used"), 0)

            try connection.ok("customer.allow 1")

            for (channel, details) in Self.channels {
                try connection.ok("order.register channel=\(channel) ext=x customer=1 total=1.00 details=\(details)")
            }
            try assertAnn(connection, orders: 5, total: "5.00")
        }
    }

    func testWhatAGuestLeavesBehindIsTheTenantsChoice() throws {
        try withShop { _, connection in
            for (policy, customers, account) in [("contact", 1, "none"), ("account", 2, "invited"), ("none", 2, "")] {
                try connection.ok("tenant.set guest.record=\(policy)")
                let answer = try connection.ok(
                    #"order.register channel=online-shop ext=\#(policy) customer={"email":"\#(policy)@example.org"} total=1.00"#
                )
                XCTAssertEqual(try connection.rows("customer.list").count, customers, policy)
                let order = try connection.ok("order.show channel=online-shop ext=\(policy)")
                XCTAssertEqual(order["buyer"]?.text("email"), "\(policy)@example.org")
                if account.isEmpty {
                    XCTAssertEqual(answer["customer"], .null)
                    XCTAssertEqual(answer.text("match"), "none")
                } else {
                    let customer = try connection.ok("customer.show \(answer.number("customer") ?? 0)")
                    XCTAssertEqual(customer.text("account"), account)
                }
            }
            let known = try connection.ok(
                #"order.register channel=online-shop ext=k customer={"email":"CONTACT@example.org"} total=1.00"#)
            XCTAssertEqual(known.text("match"), "email")
        }
    }

    private static let channels = [
        ("online-shop", "{}"), ("pos", #"{"register":"7","receipt":"1"}"#), ("manual", #"{"source":"letter"}"#),
        (
            "booking",
            #"{"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin"}"#
        ),
        ("events", #"{"event":"Jazz","tickets":[{"type":"standard","attendee":"Ann"}]}"#),
    ]

    /// Ann's order in the online shop.
    private static func order(
        _ connection: ControlConnection, _ ext: String, _ total: String, _ more: String = ""
    ) throws {
        try connection.ok(
            #"order.register channel=online-shop ext=\#(ext) customer={"email":"ann@example.org"} total=\#(total) \#(more)"#
        )
    }

    /// Ann is the first customer; whatever was done, the file must be in order.
    private func assertAnn(
        _ connection: ControlConnection, orders: Int64, total: String?, line: UInt = #line
    ) throws {
        let ann = try connection.ok("customer.show 1")
        XCTAssertEqual(ann.number("orders"), orders, line: line)
        XCTAssertEqual(ann["totals"]?.text("EUR") ?? "0.00", total ?? "0.00", line: line)
        XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true, line: line)
    }
}
