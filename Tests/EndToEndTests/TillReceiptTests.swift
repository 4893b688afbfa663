import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class TillReceiptTests: XCTestCase {
    func testARegisterGivesItsSalesTheirReceipts() throws {
        try withShop { _, connection in
            let made = try connection.ok(
                #"pos.set-register register=7 name="Front" location=Market prefix=A- next=100"#)
            XCTAssertEqual(
                made.text,
                #"{"register":"7","name":"Front","location":"Market","active":true,"prefix":"A-","next":100,"#
                    + #""closed_day":null,"closings":0,"opening":"0.00"}"#)

            let first = try connection.sell("7", "a")
            let second = try connection.sell("7", "b")

            XCTAssertEqual(first.text("receipt"), "A-100")
            XCTAssertEqual(first.number("number"), 100)
            XCTAssertEqual(second.text("receipt"), "A-101")
            let order = try connection.ok("order.show channel=pos ext=a")
            XCTAssertEqual(order["details"]?.text("location"), "Market")
            XCTAssertEqual(order["details"]?.text("receipt"), "A-100")
            let unnamed = try connection.ok(#"order.register channel=pos total=1.00 details={"register":"7"}"#)
            XCTAssertEqual(try connection.ok("order.show \(unnamed.number("order") ?? 0)").text("ext"), "7:A-102")
            XCTAssertEqual(
                try connection.refusal(#"order.register channel=pos ext=c total=1.00 details={"register":"8"}"#),
                "422 incomplete")
            XCTAssertEqual(try connection.rows("pos.registers location=Market").map { $0.number("next") }, [103])
            XCTAssertEqual(try connection.rows("pos.registers location=Elsewhere"), [])
        }
    }

    func testTheSameSaleAgainUsesNoNumberUp() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            let first = try connection.sell("7", "a")

            let again = try connection.sell("7", "a")
            let refused = try connection.refusal(
                #"order.register channel=pos ext=a total=11.00 details={"register":"7"}"#)
            try connection.ok(#"order.register channel=pos ext=t total=1.00 test=true details={"register":"7"}"#)

            XCTAssertEqual(again, first)
            XCTAssertEqual(refused, "409 order-differs")
            XCTAssertEqual(try connection.sell("7", "b").text("receipt"), "2")
        }
    }

    func testAReceiptIsKeptAsGivenAndOnceInItsRegister() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok("pos.set-register 8")
            try connection.sell("7", "a", receipt: "2")

            let refused = try connection.ask(
                #"order.register channel=pos ext=b total=1.00 details={"register":"7","receipt":2}"#)
            let elsewhere = try connection.sell("8", "c", receipt: "2")
            let numbers = try ["d", "e", "f"].map { try connection.sell("7", $0).text("receipt") }

            XCTAssertEqual(refused.error?.text, "409 receipt-taken")
            XCTAssertEqual(refused.error?.body["order"]?.integerValue, 1)
            XCTAssertEqual(elsewhere["number"], .null)
            // The number that was brought along is passed over.
            XCTAssertEqual(numbers, ["1", "3", "4"])
            XCTAssertEqual(
                try connection.refusal(#"order.update channel=pos ext=d details={"receipt":"99"}"#),
                "409 receipt-given")
            XCTAssertEqual(
                try connection.refusal(#"order.update channel=pos ext=a details={"receipt":"3"}"#), "409 receipt-taken")
            try connection.ok(#"order.update channel=pos ext=a details={"receipt":"X9"}"#)
            XCTAssertEqual(try connection.ok("pos.receipt register=7 receipt=X9").text("ext"), "a")
        }
    }

    func testARegisterThatNobodyHasSetUpIsTakenAtItsWord() throws {
        try withShop { _, connection in
            try connection.sell("old", "a", receipt: "1")
            let second = try connection.ok(
                #"order.register channel=pos ext=b total=1.00 details={"register":"old","receipt":"1"}"#)

            XCTAssertEqual(second["warnings"]?.arrayValue, [.string("order 1 has the same receipt")])
            XCTAssertEqual(try connection.refusal("pos.receipt register=old receipt=1"), "409 receipt-ambiguous")
            XCTAssertEqual(try connection.ok("pos.receipt order=2").text("ext"), "b")
            XCTAssertEqual(try connection.refusal("pos.close-day register=old counted=0.00"), "404 no-register")
            XCTAssertEqual(try connection.euros("old", "2099-01-01")["sales"]?.number("count"), 2)
            XCTAssertEqual(try connection.refusal("pos.day none"), "404 no-register")

            // From now on it is looked at.
            try connection.ok("pos.set-register old")
            XCTAssertEqual(
                try connection.refusal(
                    #"order.register channel=pos ext=c total=1.00 details={"register":"old","receipt":"1"}"#),
                "409 receipt-taken")
            XCTAssertEqual(try connection.sell("old", "d").text("receipt"), "2")
        }
    }

    func testAVoidedReceiptStaysAndLeavesNoGap() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a")
            try connection.sell("7", "b", "total=5.00 customer={\"email\":\"ann@example.org\"}")

            let voided = try connection.ok(#"pos.void register=7 receipt=2 reason="typed wrong""#)

            XCTAssertEqual(voided.text("state"), "voided")
            XCTAssertEqual(voided.text("left"), "0.00")
            XCTAssertEqual(try connection.ok("pos.void register=7 receipt=2"), voided)
            XCTAssertEqual(try connection.ok("customer.show 1").number("orders"), 0)
            XCTAssertEqual(try connection.sell("7", "c").text("receipt"), "3")
            let report = try connection.ok("pos.day register=7 day=2026-01-05")
            XCTAssertEqual(report["receipts"]?.text, #"{"first":1,"last":3,"voided":1,"open":0,"late":0}"#)
            XCTAssertEqual(try connection.euros("7")["sales"]?.text, #"{"count":2,"total":"20.00"}"#)
            XCTAssertEqual(try connection.refusal("pos.void register=7 receipt=99"), "404 no-receipt")
        }
    }

    func testNumbersAreNeitherLoweredNorSkipped() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register register=7 next=10")
            try connection.ok("pos.set-register register=7 next=20")
            try connection.sell("7", "a")

            XCTAssertEqual(try connection.refusal("pos.set-register register=7 next=30"), "409 numbers-in-use")
            XCTAssertEqual(try connection.refusal("pos.set-register register=7 next=0"), "400 bad-value")
            try connection.ok("pos.set-register register=7 prefix=2027- next=1")
            XCTAssertEqual(try connection.sell("7", "b").text("receipt"), "2027-1")
            try connection.ok("pos.set-register register=7 active=false")
            XCTAssertEqual(
                try connection.refusal(#"order.register channel=pos ext=c total=1.00 details={"register":"7"}"#),
                "422 register-inactive")
        }
    }

    func testNoNumberIsLostOrGivenTwiceAmongManyClients() throws {
        try withShop { daemon, connection in
            try connection.ok("pos.set-register 7")
            let start = StartingLine(64)

            let receipts = try concurrently(64) { client in
                let connection = try daemon.connect(to: "acme")
                start.wait()
                return try (0..<4).map { try connection.sell("7", "\(client)-\($0)").number("number") ?? 0 }
            }

            XCTAssertEqual(receipts.flatMap(\.self).sorted(), Array(1...256))
            XCTAssertEqual(try connection.euros("7")["sales"]?.number("count"), 256)
        }
    }
}
