import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class TillTenderTests: XCTestCase {
    private func sale(_ ext: String, _ details: String, _ more: String = "total=10.00") -> String {
        #"order.register channel=pos ext=\#(ext) \#(more) details={"register":"7"\#(details)}"#
    }

    func testWhatIsTenderedAboveTheTotalIsChange() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")

            let answer = try connection.ok(
                sale("a", #","tenders":[{"kind":"cash","amount":"50.00"}],"change":"15.00""#))

            XCTAssertEqual(answer["warnings"]?.text, #"["40.00 of change is counted that was not told"]"#)
            XCTAssertEqual(try connection.ok("pos.receipt ext=a").text("paid"), "10.00")
            XCTAssertEqual(try connection.ok("pos.day 7")["cash"]?.text("expected"), "10.00")
            // New tenders have new change.
            try connection.ok(#"order.update channel=pos ext=a details={"tenders":[{"kind":"cash","amount":"12.00"}]}"#)
            XCTAssertEqual(try connection.ok("order.show 1")["details"]?.text("change"), "2.00")
            XCTAssertEqual(try connection.ok("pos.day 7")["cash"]?.text("expected"), "10.00")
        }
    }

    func testASaleThatIsNotCoveredStaysOpen() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")

            let answer = try connection.ok(sale("a", #","tenders":[{"kind":"cash","amount":"4.00"}]"#))

            XCTAssertEqual(answer["warnings"]?.text, #"["only 4.00 of 10.00 is paid; the sale stays open"]"#)
            XCTAssertEqual(try connection.ok("pos.receipt ext=a").text("state"), "open")
            XCTAssertEqual(try connection.ok("pos.receipt ext=a").text("paid"), "4.00")
            let paid =
                #"order.update channel=pos ext=a state=paid details={"tenders":[{"kind":"cash","amount":"10.00"}]}"#
            try connection.ok(paid)
            XCTAssertEqual(try connection.ok("pos.receipt ext=a").text("state"), "paid")
            try connection.ok(#"order.update channel=pos ext=a details={"tenders":[{"kind":"cash","amount":"1.00"}]}"#)
            XCTAssertEqual(try connection.ok("pos.receipt ext=a").text("state"), "open")
        }
    }

    func testTendersOfARefundComeToWhatIsGivenBack() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok(sale("a", ""))
            let refund = "pos.refund register=7 receipt=1 amount=4.00"

            let refused = try connection.ask(refund + #" tenders=[{"kind":"cash","amount":"5.00"}]"#).error

            XCTAssertEqual(refused?.text, "422 tenders-differ")
            XCTAssertEqual(refused?.message, "the tenders come to 5.00, and 4.00 is given back")
            try connection.ok(refund + #" tenders=[{"kind":"cash","amount":"4.00"}]"#)
        }
    }

    func testAReturnThatNamesItsSaleCountsAgainstIt() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok(sale("a", "", #"lines=[{"sku":"MUG","quantity":3,"unit_price":"10.00"}]"#))
            func back(_ ext: String, _ sku: String, _ count: Int, _ price: String, receipt: String = "1") -> String {
                sale(
                    ext, #","returns":{"register":"7","receipt":"\#(receipt)"}"#,
                    #"kind=return lines=[{"sku":"\#(sku)","quantity":\#(count),"unit_price":"\#(price)"}]"#)
            }

            XCTAssertEqual(try connection.refusal(back("r", "MUG", 4, "1.00")), "409 return-exceeds-sale")
            XCTAssertEqual(try connection.refusal(back("r", "HAT", 1, "1.00")), "404 no-line")
            XCTAssertEqual(try connection.refusal(back("r", "MUG", 1, "30.01")), "422 refund-too-big")
            XCTAssertEqual(try connection.refusal(back("r", "MUG", 1, "1.00", receipt: "9")), "404 no-receipt")
            try connection.ok(back("r", "MUG", 2, "10.00"))

            let receipt = try connection.ok("pos.receipt ext=a")
            XCTAssertEqual(receipt.text("left"), "10.00")
            XCTAssertEqual(receipt["returned_by"]?.text, "[2]")
            XCTAssertEqual(
                try connection.refusal(#"pos.refund order=1 lines=[{"sku":"MUG","quantity":2}]"#),
                "409 return-exceeds-sale")
        }
    }

    func testNoOrderIsPlacedInTheFuture() throws {
        try withShop { _, connection in
            XCTAssertEqual(
                try connection.refusal(sale("a", #","receipt":"1""#, "total=1.00 placed_at=2199-01-01")),
                "422 in-the-future")
            XCTAssertEqual(
                try connection.refusal("order.register channel=online-shop ext=1 total=1.00 placed_at=2199-01-01"),
                "422 in-the-future")
        }
    }

    func testAPrefixBeginsASeriesAndIsOneRegisters() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register register=7 prefix=A next=5")
            try connection.ok(sale("a", ""))

            XCTAssertEqual(try connection.ok("pos.set-register register=7 prefix=B").number("next"), 1)
            try connection.ok(sale("b", ""))
            XCTAssertEqual(try connection.ok("pos.receipt ext=b").text("receipt"), "B1")
            XCTAssertEqual(try connection.refusal("pos.set-register register=8 prefix=B"), "409 prefix-taken")
            XCTAssertEqual(try connection.refusal(#"pos.set-register register=7 prefix="a\u0007""#), "400 bad-value")
        }
    }

    func testClaimCodesAreNotGuessed() throws {
        try withShop { daemon, staff in
            try staff.ok("pos.set-register 7")
            try staff.ok(sale("a", ""))
            let code = try XCTUnwrap(staff.ok("pos.receipt ext=a").text("claim_code"))
            let token = try XCTUnwrap(staff.ok("token.create role=channel channel=pos").text("token"))
            let till = try daemon.connect()
            try till.ok("auth \(token)")
            let claim = "pos.claim register=7 receipt=1 email=ann@example.org code="

            let errors = try (0..<61).map { try till.ask(claim + "WRONG\($0)").error?.text ?? "OK" }

            XCTAssertEqual(Set(errors.prefix(60)), ["422 wrong-code"])
            XCTAssertEqual(errors.last, "429 quota")
            XCTAssertEqual(try till.refusal(claim + code), "429 quota")
        }
    }

    func testASaleThatHappenedStandsWithoutCouponOrCustomer() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok("coupon.create code=ONE percent=10 limit=1")
            try connection.ok(sale("first", "", "total=10.00 coupon=ONE"))
            let replay = #"""
                pos.replay sales=[{"ext":"a","placed_at":"2026-01-05T10:00:00Z","lines":[{"sku":"A","unit_price":"10.00"}],"total":"9.00","coupon":"ONE","details":{"register":"7"}},\#
                {"ext":"b","placed_at":"2026-01-05T11:00:00Z","total":"1.00","customer":{"email":"@"},"details":{"register":"7"}},\#
                {"ext":"c","placed_at":"2026-01-05T12:00:00Z","total":"1.00","customer":99,"details":{"register":"7"}}]
                """#

            let rows = try connection.rows(replay)

            XCTAssertEqual(rows.map { $0.text("total") }, ["9.00", "1.00", "1.00"])
            XCTAssertEqual(rows[0]["warnings"]?.text.hasPrefix(#"["coupon ONE: "#), true, rows[0].text)
            XCTAssertEqual(rows[1]["warnings"]?.text.hasPrefix(#"["customer: email: "#), true, rows[1].text)
            XCTAssertEqual(
                rows[2]["warnings"]?.text,
                #"["customer 99: there is no such customer; the sale stands without a customer"]"#)
            XCTAssertEqual(try connection.rows(replay).map { $0["existing"]?.boolValue }, [true, true, true])
        }
    }
}
