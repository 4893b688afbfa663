import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class CouponAccessTests: XCTestCase {
    private func connect(_ daemon: RunningDaemon, _ staff: ControlConnection, _ role: String) throws
        -> ControlConnection
    {
        let token = try XCTUnwrap(staff.ok("token.create \(role)").text("token"))
        let connection = try daemon.connect()
        try connection.ok("auth \(token)")
        return connection
    }

    func testGuessingCodesIsSlowedDownForChannelsAndNotForStaff() throws {
        try withShop { daemon, staff in
            try staff.ok("coupon.create code=REAL percent=10")
            let till = try connect(daemon, staff, "role=channel channel=pos")
            let again = try connect(daemon, staff, "role=channel channel=pos")
            let shop = try connect(daemon, staff, "role=channel channel=online-shop")

            let errors = try (0..<70).map { try till.ask("coupon.check NONE\($0)").error?.text ?? "OK" }

            XCTAssertEqual(Set(errors.prefix(60)), ["404 no-coupon"])
            XCTAssertEqual(errors.last, "429 quota")
            // The right one tells nothing either, and another connection is the same till.
            for line in ["coupon.check REAL", "coupon.hold REAL total=1.00"] {
                XCTAssertEqual(try again.ask(line).error?.text, "429 quota")
            }
            let refused = try again.ask(
                #"order.register channel=pos ext=1 total=1.00 coupon=REAL details={"register":"1","receipt":"1"}"#)
            XCTAssertEqual(refused.error?.text, "429 quota")
            XCTAssertEqual(refused.error?.message.hasPrefix("too many attempts; try again after "), true)
            XCTAssertNil(
                try again.ask(#"order.register channel=pos ext=1 total=1.00 details={"register":"1","receipt":"1"}"#)
                    .error)
            XCTAssertEqual(try shop.ok("coupon.check REAL total=10.00").text("discount"), "1.00")
            for number in 0..<70 {
                XCTAssertEqual(try staff.ask("coupon.check NONE\(number)").error?.text, "404 no-coupon")
            }
        }
    }

    func testNoWayOfAskingGoesPastTheLimitOfGuesses() throws {
        try withShop { daemon, staff in
            try staff.ok("coupon.create code=REAL percent=10")
            let till = try connect(daemon, staff, "role=channel channel=pos")
            let order = { (code: String) in
                #"order.register channel=pos ext=1 total=1.00 coupon=\#(code) details={"register":"1","receipt":"1"}"#
            }
            let batch = #"batch requests=[{"method":"coupon.check","params":{"code":"NONE"}}]"#

            var errors = [batch, "check coupon.hold NONE total=1.00", order("NONE")].map { line in
                Result { try till.ask(line).error?.text ?? "OK" }
            }
            // Sent at once, they share transactions.
            errors += try till.replies(to: (0..<80).map { "coupon.hold NONE\($0) total=1.00" }).map { reply in
                .success(reply.error?.text ?? "OK")
            }

            let texts = try errors.map { try $0.get() }
            XCTAssertEqual(Set(texts.prefix(60)), ["404 no-coupon"])
            XCTAssertEqual(Set(texts.dropFirst(60)), ["429 quota"])
            for line in ["coupon.check REAL", batch, order("REAL"), "check coupon.hold REAL total=1.00"] {
                XCTAssertEqual(try till.ask(line).error?.text, "429 quota", line)
            }
            XCTAssertEqual(try staff.rows("order.list"), [])
        }
    }

    func testGuessesAreStillCountedAfterTheDaemonWasKilled() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create acme currency=EUR country=DE")
            let token = try daemon.connect(to: "acme").ok("token.create role=channel channel=pos").text("token") ?? ""
            let till = try daemon.connect()
            try till.ok("auth \(token)")
            for number in 0..<60 {
                XCTAssertEqual(try till.refusal("coupon.check NONE\(number)"), "404 no-coupon")
            }

            daemon.kill()

            let successor = try RunningDaemon(in: directory)
            defer { successor.stop() }
            let again = try successor.connect()
            try again.ok("auth \(token)")
            XCTAssertEqual(try again.refusal("coupon.check NONE"), "429 quota")
        }
    }

    func testAWrongCodeLeavesNothingOfTheOrderThatNamedIt() throws {
        try withShop { daemon, staff in
            let till = try connect(daemon, staff, "role=channel channel=pos")
            let order = #"order.register channel=pos ext=1 customer={"name":"Ann"} total=1.00 key=k"#
            let details = #"details={"register":"1","receipt":"1"}"#

            XCTAssertEqual(try till.refusal("\(order) \(details) coupon=NONE"), "404 no-coupon")

            XCTAssertEqual(try staff.rows("customer.list account=everyone"), [])
            try till.ok("\(order) \(details)")
            XCTAssertEqual(try staff.rows("order.list").count, 1)
        }
    }

    func testAChannelSeesNeitherTheListNorWhatIsSomebodyElses() throws {
        try withShop { daemon, staff in
            try staff.ok("customer.create name=Ann")
            try staff.ok("customer.create name=Bo")
            try staff.ok("coupon.create code=OWN percent=10 customer=1")
            let shop = try connect(daemon, staff, "role=channel channel=online-shop")
            let till = try connect(daemon, staff, "role=channel channel=pos")
            let portal = try connect(daemon, staff, "role=portal")

            for verb in [
                "coupon.list", "coupon.show OWN", "coupon.update OWN limit=1", "coupon.generate count=1 percent=1",
            ] {
                XCTAssertEqual(try shop.ask(verb).error?.text, "403 forbidden")
                XCTAssertEqual(try portal.ask(verb).error?.text, "403 forbidden")
            }
            XCTAssertEqual(try shop.ask("coupon.check OWN customer=2").error?.text, "404 no-coupon")
            XCTAssertEqual(try shop.ask("coupon.hold OWN total=10.00").error?.text, "404 no-coupon")
            XCTAssertEqual(try portal.ok("coupon.check OWN customer=1 total=10.00").text("discount"), "1.00")
            let hold = try shop.ok("coupon.hold OWN customer=1 total=10.00").number("hold") ?? 0
            XCTAssertEqual(try till.ask("coupon.release \(hold)").error?.text, "404 no-hold")
            XCTAssertEqual(try portal.ask("coupon.release \(hold)").error?.text, "403 forbidden")
            XCTAssertEqual(try shop.ok("coupon.release \(hold)").text("state"), "released")
        }
    }

    func testTermsAreGivenChangedAndClearedByName() throws {
        try withShop { _, connection in
            try connection.ok("group.create name=Gold")
            try connection.ok(
                "coupon.create code=ALL percent=10 products=MUG,TEA groups=gold minimum=5.00 limit=9 campaign=spring")
            let shown = try connection.ok("coupon.show all")
            XCTAssertEqual(shown["products"]?.text, #"["MUG","TEA"]"#)
            XCTAssertEqual(shown["groups"]?.text, #"["Gold"]"#)
            XCTAssertEqual(shown.text("campaign"), "spring")

            let changed = try connection.ok(
                "coupon.update ALL amount=2.00 clear=products,groups,minimum ends=2030-01-01 first_order=true")
            XCTAssertEqual(changed["percent"], .null)
            XCTAssertEqual(changed.text("amount"), "2.00")
            XCTAssertEqual(changed["products"]?.text, "[]")
            XCTAssertEqual(changed["groups"]?.text, "[]")
            XCTAssertEqual(changed["for_groups"]?.boolValue, false)
            XCTAssertEqual(changed["minimum"], .null)
            XCTAssertEqual(changed.text("ends"), "2030-01-01T23:00:00Z")
            XCTAssertEqual(changed.number("limit"), 9)

            for (line, error) in [
                ("coupon.update ALL clear=code", "400 bad-value"),
                ("coupon.update ALL limit=1 clear=limit", "400 bad-value"),
                ("coupon.update ALL limit=0", "400 bad-value"), ("coupon.update ALL groups=Silver", "404 no-group"),
                ("coupon.update ALL starts=2031-01-01", "400 bad-value"),
                ("coupon.update NONE limit=1", "404 no-coupon"),
                ("coupon.create code=X item=A products=B", "400 bad-value"),
                ("coupon.generate count=10001 percent=1", "400 bad-value"),
                ("coupon.generate count=10 length=3 percent=1", "400 bad-value"),
                ("coupon.hold ALL total=1.00 ttl=0", "400 bad-value"), ("coupon.hold ALL", "400 missing-argument"),
                ("coupon.commit hold=99 order=1", "404 no-hold"), ("coupon.delete NONE", "404 no-coupon"),
            ] {
                XCTAssertEqual(try connection.ask(line).error?.text, error, line)
            }
            let codes = try connection.ok("coupon.generate count=50 prefix=G- length=4 percent=5 campaign=g key=once")
            XCTAssertEqual(codes.number("count"), 50)
            XCTAssertEqual(
                try connection.ok("coupon.generate count=50 prefix=G- length=4 percent=5 campaign=g key=once")["codes"],
                codes["codes"])
            XCTAssertEqual(try connection.allRows("coupon.list campaign=g limit=20").count, 50)
            XCTAssertEqual(try connection.allRows("coupon.list search=g- limit=20").count, 50)
        }
    }
}
