import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// What lies in a drawer by the books is what was put in and taken out, on the days on which it was.
final class TillDrawerTests: XCTestCase {
    private func tenders(_ amounts: (String, String)...) -> String {
        let list = amounts.map { #"{"kind":"\#($0.0)","amount":"\#($0.1)"}"# }.joined(separator: ",")
        return #","tenders":[\#(list)]"#
    }

    private func expected(_ connection: ControlConnection, _ register: String, _ day: String? = nil) throws -> String? {
        let day = day.map { " day=\($0)" } ?? ""
        return try connection.ok("pos.day register=\(register)\(day)")["cash"]?.text("expected")
    }

    func testCashForASaleThatStaysOpenIsInTheDrawer() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a", details: tenders(("cash", "15.00")), "total=20.00")

            XCTAssertEqual(try expected(connection, "7"), "15.00")
            let sums = try connection.euros("7")
            XCTAssertEqual(sums["sales"]?.text, #"{"count":0,"total":"0.00"}"#)
            XCTAssertEqual(sums.text("paid"), "15.00")
            XCTAssertEqual(sums.text("untold_tenders"), "0.00")

            try connection.ok("order.refund channel=pos ext=a amount=15.00")
            XCTAssertEqual(try expected(connection, "7"), "0.00")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testEachPartIsCountedOnTheDayOnWhichItCame() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a", receipt: "X1", details: tenders(("cash", "15.00")), "total=20.00")
            try connection.sell("7", "b", details: tenders(("cash", "15.00")), "total=20.00")
            let first = try connection.ok("pos.close-day register=7 day=2026-01-05 counted=30.00")
            XCTAssertEqual(first["cash"]?.text("difference"), "0.00")
            XCTAssertEqual(first["receipts"]?.number("open"), 2)

            let more = String(tenders(("cash", "15.00"), ("card", "1.00"), ("cash", "4.00")).dropFirst())
            try connection.ok("order.update channel=pos ext=a state=paid details={\(more)}")
            XCTAssertEqual(try connection.ok("pos.receipt ext=a")["tenders"]?.text, #"{"card":"1.00","cash":"19.00"}"#)
            XCTAssertEqual(try expected(connection, "7"), "4.00")
            XCTAssertEqual(
                try connection.refusal(#"order.update channel=pos ext=a details={"register":"8"}"#), "409 day-closed")

            // What was counted on a closed day goes back on the day on which it does.
            try connection.ok("pos.void register=7 receipt=1")
            let second = try connection.ok("pos.close-day register=7 counted=0.00")
            XCTAssertEqual(second["cash"]?.text("expected"), "-11.00")
            let sums = second["currencies"]?["EUR"]
            XCTAssertEqual(sums?["sales"]?.text, #"{"count":1,"total":"20.00"}"#)
            XCTAssertEqual(sums?["tenders"]?.text, #"{"card":"1.00","cash":"-11.00"}"#)
            XCTAssertEqual(sums?.text("paid"), "-10.00")
            XCTAssertEqual(sums?.text("untold_tenders"), "0.00")
        }
    }

    func testAVoidedSaleLeavesNothingInTheDrawer() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a", details: tenders(("cash", "15.00")), "total=20.00")
            try connection.sell("7", "b", details: tenders(("cash", "20.00")), "total=20.00")

            try connection.ok("pos.void register=7 receipt=1")
            try connection.ok("pos.void register=7 receipt=2")

            XCTAssertEqual(try expected(connection, "7"), "0.00")
            XCTAssertEqual(try expected(connection, "7", "2026-01-05"), "0.00")
        }
    }

    func testASaleIsNotCalledPaidThatIsNot() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.sell("7", "a", details: tenders(("cash", "15.00")), "total=20.00")

            for line in [
                "state=paid", "state=completed", #"state=paid details={"tenders":[{"kind":"cash","amount":"19.99"}]}"#,
            ] {
                XCTAssertEqual(try connection.refusal("order.update channel=pos ext=a \(line)"), "409 not-paid", line)
            }
            let error = try connection.ask("order.update channel=pos ext=a state=paid").error
            XCTAssertEqual(error?.body.text("left"), "5.00")
            XCTAssertEqual(
                error?.message,
                #"only 15.00 of 20.00 is paid; tell all tenders by order.update details={"tenders":[…]}"#)
            XCTAssertEqual(try connection.ok("pos.receipt ext=a").text("paid"), "15.00")
        }
    }

    func testAReturnWithoutTendersGoesBackByThoseOfTheSale() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            try connection.ok("pos.set-register 8")
            try connection.sell("7", "a", details: tenders(("card", "4.00"), ("cash", "6.00")))
            try connection.sell("7", "untold")

            let part = try connection.ok("pos.refund register=7 receipt=1 amount=5.00")
            XCTAssertEqual(part["tenders"]?.text, #"{"card":"-2.00","cash":"-3.00"}"#)
            XCTAssertEqual(try expected(connection, "7"), "3.00")
            try connection.ok(
                #"pos.refund register=7 receipt=1 amount=1.00 tenders=[{"kind":"card","amount":"1.00"}]"#)
            try connection.ok("order.refund channel=pos ext=a amount=1.00")
            // A voided return is as if it had not been.
            try connection.ok("pos.void order=\(part.number("order") ?? 0)")
            XCTAssertEqual(try expected(connection, "7"), "5.25")
            let rest = try connection.ok("pos.refund register=7 receipt=1 at_register=8")
            XCTAssertEqual(rest["tenders"]?.text, #"{"card":"-2.75","cash":"-5.25"}"#)
            XCTAssertEqual(try expected(connection, "8"), "-5.25")
            XCTAssertEqual(try connection.ok("pos.refund register=7 receipt=2")["tenders"]?.text, "{}")
            XCTAssertEqual(try connection.ok("pos.day 7")["currencies"]?["EUR"]?.text("untold_tenders"), "0.00")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }
}
