import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class TillDayTests: XCTestCase {
    private let lines =
        #"lines=[{"sku":"MUG","name":"Mug","quantity":2,"unit_price":"11.90","tax_rate":"19"},{"sku":"TEA","name":"Tea","unit_price":"5.35","tax_rate":"7"}]"#

    func testAClosedDayTellsWhatCameIn() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok("pos.open-day register=7 float=100.00")
            try connection.sell(
                "7", "a",
                details: #","tenders":[{"kind":"Cash","amount":"30.00"}],"change":"0.85","cashier":"Mo""#, lines)
            try connection.sell(
                "7", "b",
                details: #","tenders":[{"kind":"card","amount":"4.00"},{"kind":"cash","amount":"6.00"}]"#)
            try connection.sell("7", "c")
            try connection.sell("7", "tab", "total=8.00 state=open")
            try connection.ok("order.refund channel=pos ext=c amount=1.00")
            try connection.sell("7", "v")
            try connection.ok("pos.void register=7 receipt=5")

            let sums = try connection.euros("7")
            let report = try connection.ok("pos.close-day register=7 day=2026-01-05 counted=135.00 key=z1")

            XCTAssertEqual(report["currencies"]?["EUR"], sums)
            XCTAssertEqual(sums["sales"]?.text, #"{"count":3,"total":"49.15"}"#)
            XCTAssertEqual(sums["tenders"]?.text, #"{"card":"4.00","cash":"35.15"}"#)
            XCTAssertEqual(sums.text("untold_tenders"), "10.00")
            XCTAssertEqual(sums.text("paid"), "49.15")
            XCTAssertEqual(
                sums["tax_rates"]?.text,
                #"[{"rate":"7","gross":"5.35","tax":"0.35"},{"rate":"19","gross":"23.80","tax":"3.80"}]"#)
            XCTAssertEqual(
                report["cash"]?.text,
                #"{"opening":"100.00","expected":"135.15","counted":"135.00","difference":"-0.15"}"#)
            XCTAssertEqual(report["receipts"]?.text, #"{"first":1,"last":5,"voided":1,"open":1,"late":0}"#)
            XCTAssertEqual(report.number("number"), 1)
            XCTAssertEqual(report.text("closed_by"), "operator")
        }
    }

    func testMoneyGoesBackByTheTendersThatBroughtIt() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok("pos.open-day register=7 float=100.00")
            try connection.sell(
                "7", "a",
                details: #","tenders":[{"kind":"card","amount":"4.00"},{"kind":"cash","amount":"6.00"}]"#)

            // What goes back counts on the day on which it does.
            func today() throws -> JSON { try connection.ok("pos.day 7")["currencies"]?["EUR"] ?? .null }
            try connection.ok("order.refund channel=pos ext=a amount=0.33")
            XCTAssertEqual(try today()["tenders"]?.text, #"{"card":"3.87","cash":"5.80"}"#)
            XCTAssertEqual(try connection.ok("pos.day 7")["cash"]?.text("expected"), "105.80")
            try connection.ok("order.refund channel=pos ext=a")

            let sums = try today()
            XCTAssertEqual(sums["tenders"]?.text, #"{"card":"0.00","cash":"0.00"}"#)
            XCTAssertEqual(sums["refunds"]?.text, #"{"count":2,"total":"10.00"}"#)
            XCTAssertEqual(sums.text("untold_tenders"), "0.00")
            XCTAssertEqual(try connection.ok("pos.day 7")["cash"]?.text("expected"), "100.00")
        }
    }

    func testWhatADayCountedDoesNotChangeAnyMore() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a", lines)
            try connection.sell("7", "b")
            let report = try connection.ok("pos.close-day register=7 day=2026-01-05 counted=0.00")

            for line in [
                "pos.void register=7 receipt=1", "order.cancel channel=pos ext=a",
                "pos.close-day register=7 day=2026-01-05 counted=1.00",
                "pos.close-day register=7 day=2026-01-01 counted=1.00",
                #"order.update channel=pos ext=a details={"tenders":[{"kind":"cash","amount":"1.00"}]}"#,
                #"order.update channel=pos ext=a details={"business_day":"2026-01-06"}"#,
            ] {
                XCTAssertEqual(try connection.refusal(line), "409 day-closed", line)
            }
            try connection.ok(#"order.update channel=pos ext=a details={"remark":"gift"}"#)
            try connection.ok("pos.refund register=7 receipt=2 amount=4.00")

            XCTAssertEqual(try connection.ok("pos.day register=7 day=2026-01-05"), report)
            // A day between two closes belongs to the later one.
            XCTAssertEqual(try connection.ok("pos.day register=7 day=2026-01-02"), report)
            XCTAssertEqual(try connection.rows("pos.days 7"), [report])
            XCTAssertEqual(
                try connection.refusal("pos.close-day register=7 day=2099-01-01 counted=0.00"), "422 in-the-future")
            XCTAssertEqual(
                try connection.refusal("pos.close-day register=7 day=yesterday counted=0.00"), "400 bad-value")
        }
    }

    func testALateSaleCountsOnTheNextOpenDay() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "tab", "total=8.00 state=open")
            try connection.ok("pos.close-day register=7 day=2026-01-05 counted=0.00")

            let late = try connection.sell("7", "late")
            try connection.ok("order.update channel=pos ext=tab state=paid")
            let tab = try connection.ok("pos.receipt ext=tab")

            for receipt in [late, tab] {
                XCTAssertEqual(receipt.text("business_day"), "2026-01-06")
                XCTAssertEqual(receipt.text("sold_day"), "2026-01-05")
                XCTAssertEqual(receipt["late"]?.boolValue, true)
            }
            let second = try connection.ok("pos.close-day register=7 day=2026-01-08 counted=0.00")
            XCTAssertEqual(second["receipts"]?.number("late"), 2)
            XCTAssertEqual(second["currencies"]?["EUR"]?["sales"]?.text, #"{"count":2,"total":"18.00"}"#)
            XCTAssertEqual(second.number("number"), 2)
            XCTAssertEqual(second.text("first_day"), "2026-01-06")
            XCTAssertEqual(try connection.rows("pos.days register=7 limit=1").map { $0.number("number") }, [2])
            XCTAssertEqual(try connection.allRows("pos.days register=7 limit=1").map { $0.number("number") }, [2, 1])
        }
    }

    func testEachDayIsClosedOnceAmongManyClients() throws {
        try withShop { daemon, connection in
            try connection.ok("pos.set-register 7")
            for number in 0..<20 { try connection.sell("7", "s\(number)") }
            let start = StartingLine(16)

            let answers = try concurrently(16) { client in
                let connection = try daemon.connect(to: "acme")
                start.wait()
                return try connection.ask("pos.close-day register=7 day=2026-01-05 counted=\(client).00").error?.text
                    ?? "OK"
            }

            XCTAssertEqual(answers.filter { $0 == "OK" }.count, 1)
            XCTAssertEqual(answers.filter { $0 == "409 day-closed" }.count, 15)
            XCTAssertEqual(try connection.rows("pos.days 7").count, 1)
        }
    }
}
