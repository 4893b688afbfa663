import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// What a web page's token may not say of a booking, and what customers are told, over the real socket.
final class BookingRulesOnTheWireTests: XCTestCase {
    /// Runs a body with a service for 32.00 EUR: staff's connection and that of the web page.
    private func withSalon(_ body: (_ staff: ControlConnection, _ web: ControlConnection) throws -> Void) throws {
        try withShop { daemon, staff in
            try staff.ok("booking.set-service haircut duration=45 price=32.00")
            let token = try XCTUnwrap(staff.ok("token.create role=channel channel=booking").text("token"))
            let web = try daemon.connect()
            try web.ok("auth \(token)")
            try body(staff, web)
        }
    }

    private func order(_ ext: String, _ start: String, _ rest: String = "") -> String {
        #"order.register channel=booking ext=\#(ext) \#(rest) details={"service":"haircut","start":"\#(start)"}"#
    }

    func testAWebPageBooksAtTheShopsPrice() throws {
        try withSalon { staff, web in
            let line = #"lines=[{"sku":"haircut","quantity":1,"unit_price":"0.01"}]"#
            XCTAssertEqual(try web.refusal(order("a", "2027-03-01T10:00", "total=0.01")), "422 total-mismatch")
            XCTAssertEqual(try web.refusal(order("a", "2027-03-01T10:00", line)), "422 wrong-price")
            XCTAssertEqual(try web.refusal(order("a", "2027-03-01T10:00", "total=1 currency=TRY")), "422 wrong-price")
            XCTAssertEqual(try web.ok(order("a", "2027-03-01T10:00", "total=32.00")).text("total"), "32.00")
            XCTAssertEqual(try staff.ok(order("b", "2027-03-01T12:00", "total=20.00")).text("total"), "20.00")
        }
    }

    func testOnlyStaffRecordWhatIsOverAndNobodyWhatIsToCome() throws {
        try withSalon { staff, web in
            XCTAssertEqual(try web.refusal(order("a", "2025-03-01T10:00")), "422 in-the-past")
            try staff.ok(order("a", "2025-03-01T10:00"))
            XCTAssertEqual(try web.ok("booking.attend ext=a").text("state"), "attended")
            try web.ok(order("b", "2027-03-01T10:00"))
            XCTAssertEqual(try staff.refusal("booking.attend ext=b"), "409 not-yet")
            XCTAssertEqual(try staff.refusal("booking.no-show ext=b"), "409 not-yet")
            XCTAssertEqual(try web.refusal("booking.reschedule ext=b start=2025-03-01T10:00"), "422 in-the-past")
        }
    }

    func testCustomersAreWrittenToWhereTheShopWantsIt() throws {
        try withSalon { staff, web in
            try staff.ok("channel.configure booking mails=true")
            let ann = #"customer={"email":"ann@example.org"}"#
            try web.ok(order("a", "2027-03-01T10:00", ann))
            XCTAssertEqual(try staff.rows("message.outbox").count, 0)
            try staff.ok("booking.confirm ext=a")
            try web.ok("booking.cancel ext=a")
            let mails = try staff.rows("message.outbox")
            XCTAssertEqual(mails.count, 2)
            XCTAssertEqual(Set(mails.compactMap { $0.text("kind") }), ["message"])
        }
    }
}
