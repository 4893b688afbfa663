import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class CorrectionTests: XCTestCase {
    private let entry =
        #"order.register channel=manual ext=m1 customer={"email":"ann@example.org","name":"Ann"} total=12.00 placed_at=2026-01-05T10:00:00Z details={"source":"phone","note":"call back"}"#

    func testACorrectionIsAReversalAndANewEntryThatLeadToEachOther() throws {
        try withShop { _, connection in
            try connection.ok("staff.add lena")
            try connection.ok(entry)

            let lena = try connection.ok("use acme as=lena")
            let corrected = try connection.ok(#"manual.correct ext=m1 total=21.00 new_ext=m2 reason="digits swapped""#)

            XCTAssertEqual(lena.text("tenant"), "acme")
            XCTAssertEqual(corrected.number("order"), 2)
            XCTAssertEqual(corrected.text("total"), "21.00")
            XCTAssertEqual(corrected.text("staff"), "lena")
            XCTAssertEqual(corrected.number("corrects"), 1)
            XCTAssertEqual(corrected.text("occurred_at"), "2026-01-05T10:00:00Z")
            let former = try connection.ok("order.show 1")
            let now = try connection.ok("order.show 2")
            XCTAssertEqual(former.text("state"), "cancelled")
            XCTAssertEqual(former["details"]?.number("corrected_by"), 2)
            XCTAssertEqual(now["details"]?.number("corrects"), 1)
            XCTAssertEqual(now["details"]?.text("note"), "call back")
            XCTAssertEqual(now.text("state"), "open")
            XCTAssertTrue(former.text.contains("Corrected by order"))
            XCTAssertTrue(now.text.contains("Corrects order"))
            let ann = try connection.ok("customer.show 1")
            XCTAssertEqual(ann["totals"]?.text("EUR"), "21.00")
            XCTAssertEqual(ann.number("orders"), 1)
            XCTAssertEqual(
                try connection.rows("timeline.list 1").filter { $0.text("topic") == "manual.corrected" }.count, 1)
            XCTAssertEqual(try connection.rows("manual.list").map { $0.number("corrected_by") }, [nil, 2])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testTheCouponIsGivenBackAndUsedAnew() throws {
        try withShop { _, connection in
            try connection.ok("coupon.create code=ONCE percent=50 limit=1")
            try connection.ok(entry + " coupon=ONCE")

            let corrected = try connection.ok("manual.correct ext=m1 total=20.00")
            let without = try connection.ok("manual.correct id=2 coupon=\"\"")

            XCTAssertEqual(corrected.text("total"), "10.00")
            XCTAssertEqual(corrected.text("coupon"), "ONCE")
            XCTAssertEqual(without.text("total"), "20.00")
            XCTAssertEqual(try connection.ok("coupon.show ONCE").number("used"), 0)
            XCTAssertEqual(try connection.ok("coupon.verify")["ok"]?.boolValue, true)
        }
    }

    func testACorrectionIsTheSameUseOfACouponThatIsNeverGivenBack() throws {
        try withShop("coupon.release=never") { _, connection in
            try connection.ok("coupon.create code=ONCE percent=50 limit=1")
            try connection.ok(entry + " coupon=ONCE")

            let corrected = try connection.ok("manual.correct ext=m1 total=20.00 new_ext=m2")

            XCTAssertEqual(corrected.text("total"), "10.00")
            XCTAssertEqual(try connection.ok("coupon.show ONCE").number("used"), 1)
            try connection.ok("order.cancel channel=manual ext=m2")
            XCTAssertEqual(try connection.ok("coupon.show ONCE").number("used"), 1)
            XCTAssertEqual(try connection.ok("coupon.verify")["ok"]?.boolValue, true)
        }
    }

    func testTheProofNamesTheWitnessThatWasToldAndNoOther() throws {
        try withShop { _, connection in
            func entry(_ witness: String) -> String {
                #"order.register channel=manual ext=v1 customer={"email":"bo@example.org"} total=1.00 consent=true details={"source":"phone",\#(witness)}"#
            }

            let error = try connection.ask(entry(#""consent":{"heard_by":"kim"}"#)).error

            XCTAssertEqual(error?.text, "400 bad-value")
            XCTAssertEqual(error?.body.text("argument"), "details.consent.heard_by")
            XCTAssertEqual(try connection.refusal(entry(#""heard_by":"kim""#)), "400 bad-value")
            try connection.ok(entry(#""verbal_consent":{"heard_by":"kim"}"#))
            XCTAssertTrue(try connection.ok("consent.proof 1").text.contains("heard by kim"))
        }
    }

    func testWhatCannotBeCorrectedIsToldAndStays() throws {
        try withShop { _, connection in
            try connection.ok(entry)
            try connection.ok("order.register channel=online-shop ext=s1 total=5.00")
            try connection.ok(#"order.register channel=manual ext=gone total=5.00 details={"source":"phone"}"#)
            try connection.ok("order.cancel channel=manual ext=gone")
            try connection.ok("manual.correct ext=m1 total=21.00 new_ext=m2")

            let twice = try connection.ask("manual.correct ext=m1 total=22.00")
            XCTAssertEqual(twice.error?.text, "409 already-corrected")
            XCTAssertEqual(twice.error?.body["order"]?.integerValue, 4)
            for (line, refusal) in [
                ("ext=gone total=1.00", "409 order-closed"), ("id=2 total=1.00", "404 no-order"),
                ("ext=none total=1.00", "404 no-order"), ("total=1.00", "422 incomplete"),
                ("ext=m2", "422 nothing-corrected"), ("ext=m2 total=1.00 new_ext=m1", "409 order-differs"),
                ("ext=m2 total=1.00 coupon=NONE", "404 no-coupon"),
                ("ext=m2 customer=99", "404 no-customer"), (#"ext=m2 details={"source":"fax"}"#, "400 bad-value"),
                ("ext=m2 placed_at=2099-01-01", "422 in-the-future"),
            ] {
                XCTAssertEqual(try connection.refusal("manual.correct \(line)"), refusal, line)
            }
            XCTAssertEqual(try connection.ok("order.show channel=manual ext=m2").text("state"), "open")
            XCTAssertEqual(try connection.ok("customer.show 1")["totals"]?.text("EUR"), "21.00")
            // What corrected an entry may be corrected itself.
            try connection.ok(#"manual.correct ext=m2 customer={"email":"bo@example.org"} details={"source":"letter"}"#)
            XCTAssertEqual(try connection.ok("customer.show 1").number("orders"), 0)
            XCTAssertEqual(try connection.ok("customer.show 2")["totals"]?.text("EUR"), "21.00")
            XCTAssertEqual(try connection.rows("manual.list source=letter").map { $0.number("corrects") }, [4])
        }
    }

    func testWhatLooksEnteredAlreadyIsWarnedOf() throws {
        try withShop { _, connection in
            try connection.ok(entry)
            let more = #"total=12.00 placed_at=2026-01-05T15:00:00Z details={"source":"phone"}"#

            let twin = try connection.ok("order.register channel=manual ext=m3 \(more)")
            let somebodyElse = try connection.ok(
                #"order.register channel=manual ext=m4 customer={"name":"Ann"} \#(more)"#)
            let known = try connection.ok(
                #"order.register channel=manual ext=m5 customer={"email":"cem@example.org"} \#(more)"#)

            let warning = JSON.string("order 1 of the same day and source comes to the same")
            XCTAssertEqual(twin["warnings"]?.arrayValue, [warning])
            XCTAssertTrue(
                somebodyElse["warnings"]?.arrayValue?.contains(.string("customer 1 has the same name")) == true)
            XCTAssertTrue(known["warnings"]?.arrayValue?.contains(warning) == true)
            XCTAssertEqual(
                try connection.ok(
                    #"order.register channel=manual ext=m6 total=12.00 details={"source":"letter"}"#)["warnings"], nil)
            XCTAssertEqual(
                try connection.allRows("manual.list day=2026-01-05 source=phone limit=2").map { $0.number("order") },
                [4, 3, 2, 1])
            XCTAssertEqual(try connection.refusal("manual.list day=soon"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("manual.list source=fax"), "400 bad-value")
        }
    }

    func testWhoHeardAConsentIsPartOfItsEvidence() throws {
        try withShop { _, connection in
            try connection.ok(
                #"order.register channel=manual customer={"email":"ann@example.org"} total=1.00 consent=true details={"source":"phone","staff":"Lena"}"#
            )
            try connection.ok(
                #"order.register channel=manual customer={"email":"bo@example.org"} total=1.00 consent=true details={"source":"letter"}"#
            )

            XCTAssertTrue(try connection.ok("consent.proof 1").text.contains("heard by Lena"))
            XCTAssertFalse(try connection.ok("consent.proof 2").text.contains("heard by"))
        }
    }
}
