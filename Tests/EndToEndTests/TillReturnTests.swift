import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class TillReturnTests: XCTestCase {
    private let lines =
        #"lines=[{"sku":"MUG","name":"Mug","quantity":3,"unit_price":"10.00","tax_rate":"19"},{"sku":"TEA","name":"Tea","quantity":"0.5","unit_price":"20.00","tax_rate":"7"}]"#
    private let ann = #" customer={"email":"ann@example.org"}"#

    func testGoodsComeBackAtAnotherRegister() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok("pos.set-register register=8 prefix=B")
            try connection.sell("7", "a", lines + ann)

            let back = try connection.ok(
                #"pos.refund register=7 receipt=1 at_register=8 cashier=Mo reason="chipped" lines=[{"sku":"MUG","quantity":2}]"#
            )

            XCTAssertEqual(back.text("receipt"), "B1")
            XCTAssertEqual(back.text("total"), "-20.00")
            XCTAssertEqual(back.number("returns"), 1)
            let sale = try connection.ok("pos.receipt register=7 receipt=1")
            XCTAssertEqual(sale.text("left"), "20.00")
            XCTAssertEqual(sale["lines"]?.arrayValue?.map { $0.text("left") }, ["1", "0.5"])
            XCTAssertEqual(sale["returned_by"]?.text, "[2]")
            let order = try connection.ok("order.show 2")
            XCTAssertEqual(order.text("kind"), "return")
            XCTAssertEqual(order["details"]?["returns"]?.text, #"{"order":1,"receipt":"1","register":"7"}"#)
            XCTAssertEqual(try connection.ok("customer.show 1")["totals"]?.text("EUR"), "20.00")
            let today = try connection.ok("pos.day 8")["currencies"]?["EUR"]
            XCTAssertEqual(today?["returns"]?.text, #"{"count":1,"total":"-20.00"}"#)
            for other in [#"{"order":9,"register":"7","receipt":"1"}"#, "null"] {
                XCTAssertEqual(
                    try connection.refusal(#"order.update 2 details={"returns":\#(other)}"#), "400 bad-value", other)
            }
            let timeline = try connection.rows("timeline.list 1").map { $0.text("topic") }
            XCTAssertTrue(timeline.contains("pos.returned"))
        }
    }

    func testNoMoreComesBackThanWasBought() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a", lines)
            let sale = "pos.refund register=7 receipt=1"

            XCTAssertEqual(
                try connection.refusal(sale + #" lines=[{"sku":"MUG","quantity":4}]"#), "409 return-exceeds-sale")
            XCTAssertEqual(try connection.refusal(sale + #" lines=[{"sku":"HAT"}]"#), "404 no-line")
            XCTAssertEqual(try connection.refusal(sale + " lines=[{}]"), "400 bad-value")
            XCTAssertEqual(
                try connection.refusal(sale + #" lines=[{"position":1,"quantity":"-1"}]"#), "400 bad-value")
            XCTAssertEqual(try connection.refusal(sale + " amount=40.01"), "422 refund-too-big")
            XCTAssertEqual(try connection.refusal(sale + " amount=0.00"), "422 refund-too-big")
            XCTAssertEqual(
                try connection.refusal(sale + #" amount=1.00 lines=[{"sku":"MUG"}]"#), "400 bad-value")
            XCTAssertEqual(try connection.refusal("pos.refund register=7 receipt=9"), "404 no-receipt")
            XCTAssertEqual(try connection.refusal("pos.refund register=7"), "422 incomplete")

            try connection.ok(sale + #" lines=[{"position":1,"quantity":3}]"#)
            XCTAssertEqual(
                try connection.refusal(sale + #" lines=[{"sku":"MUG"}]"#), "409 return-exceeds-sale")
            XCTAssertEqual(try connection.refusal("order.refund channel=pos ext=a amount=10.01"), "422 refund-too-big")
            XCTAssertEqual(try connection.refusal("order.cancel channel=pos ext=a"), "409 has-returns")
            XCTAssertEqual(try connection.ok(sale).text("total"), "-10.00")
            XCTAssertEqual(try connection.refusal(sale), "422 refund-too-big")
            XCTAssertEqual(try connection.refusal("pos.refund order=2"), "409 is-return")

            // A voided return is as if it had not been.
            try connection.ok("pos.void order=2")
            XCTAssertEqual(try connection.ok("pos.receipt order=1").text("left"), "30.00")
        }
    }

    func testADiscountIsNotPaidOut() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok("coupon.create code=TEN percent=10")
            try connection.ok("coupon.create code=MUGS percent=50 products=MUG")
            try connection.sell("7", "a", lines + " coupon=TEN")
            try connection.sell("7", "b", lines + " coupon=MUGS")
            try connection.sell(
                "7", "c", #"lines=[{"sku":"A","quantity":3,"unit_price":"3.33"}] coupon=TEN"#)

            XCTAssertEqual(
                try connection.ok(#"pos.refund order=1 lines=[{"sku":"MUG","quantity":1}]"#).text("total"), "-9.00")
            XCTAssertEqual(try connection.ok("pos.refund order=1").text("total"), "-27.00")
            XCTAssertEqual(try connection.ok(#"pos.refund order=2 lines=[{"sku":"TEA"}]"#).text("total"), "-10.00")
            XCTAssertEqual(
                try connection.ok(#"pos.refund order=2 lines=[{"sku":"MUG","quantity":1}]"#).text("total"), "-5.00")
            let thirds = try (0..<3).map { _ in
                try connection.ok(#"pos.refund order=3 lines=[{"sku":"A","quantity":1}]"#).text("total")
            }
            // 8.99 was paid.
            XCTAssertEqual(thirds, ["-3.00", "-3.00", "-2.99"])
            XCTAssertEqual(try connection.ok("pos.receipt order=3").text("left"), "0.00")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testNoMoreIsGivenBackThanWasPaid() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "tab", lines + " state=open")
            try connection.sell("7", "part", details: #","tenders":[{"kind":"cash","amount":"4.00"}]"#)

            XCTAssertEqual(try connection.refusal("pos.refund order=1"), "422 refund-too-big")
            XCTAssertEqual(try connection.ok("pos.refund order=2").text("total"), "-4.00")
        }
    }

    func testOneOfManyTakesTheLastPieceBack() throws {
        try withShop { daemon, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a", lines)
            let start = StartingLine(16)

            let answers = try concurrently(16) { _ in
                let connection = try daemon.connect(to: "acme")
                start.wait()
                let line = #"pos.refund register=7 receipt=1 lines=[{"sku":"MUG","quantity":1}]"#
                return try connection.ask(line).error?.text ?? "OK"
            }

            XCTAssertEqual(answers.filter { $0 == "OK" }.count, 3)
            XCTAssertEqual(answers.filter { $0 == "409 return-exceeds-sale" }.count, 13)
            XCTAssertEqual(try connection.ok("pos.receipt order=1").text("left"), "10.00")
        }
    }
}
