import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// The money of the web shop's orders: what is shown as given back went back, and was paid before.
final class ShopMoneyTests: XCTestCase {
    private static let mugs =
        #"customer={"email":"ann@example.org"} lines=[{"sku":"MUG","quantity":4,"unit_price":"5.00"}]"#

    /// What is shown of an order's money: paid, refunded and what it counts with.
    private func money(_ connection: ControlConnection, _ ext: String) throws -> String {
        let order = try connection.ok("order.show channel=online-shop ext=\(ext)")
        XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true, ext)
        return ["paid", "refunded", "net"].map { order.text($0) ?? "" }.joined(separator: " ")
    }

    func testRefundedIsTheMoneyThatWentBack() throws {
        try withShop { _, connection in
            for (ext, details) in [
                ("unpaid", "{}"), ("paid", #"{"payment":{"state":"paid"}}"#),
                ("part", #"{"payment":{"state":"partially_refunded","refunded":"3.00"}}"#),
                ("back", #"{"payment":{"state":"refunded","amount":"12.00"}}"#),
            ] {
                try connection.ok("order.register channel=online-shop ext=\(ext) \(Self.mugs) details=\(details)")
            }
            try connection.ok(
                "order.register channel=online-shop ext=off \(Self.mugs) state=cancelled details={\"payment\":{\"state\":\"refunded\"}}"
            )
            try connection.ok("order.register channel=online-shop ext=said \(Self.mugs) state=refunded")

            try connection.ok(#"online-shop.cancel-lines ext=unpaid lines=[{"sku":"MUG","quantity":1}]"#)
            XCTAssertEqual(try money(connection, "unpaid"), "0.00 0.00 15.00")
            try connection.ok(#"online-shop.cancel-lines ext=paid lines=[{"sku":"MUG","quantity":1}]"#)
            XCTAssertEqual(try money(connection, "paid"), "20.00 0.00 15.00")
            try connection.ok("online-shop.refund ext=paid amount=6.00")
            XCTAssertEqual(try money(connection, "paid"), "20.00 6.00 14.00")
            XCTAssertEqual(try connection.ok("customer.show 1")["totals"]?.text("EUR"), "46.00")
            try connection.ok("order.cancel channel=online-shop ext=paid")
            XCTAssertEqual(try money(connection, "paid"), "20.00 6.00 0.00")
            try connection.ok("online-shop.refund ext=paid")
            XCTAssertEqual(try money(connection, "paid"), "20.00 20.00 0.00")
            XCTAssertEqual(try money(connection, "part"), "20.00 3.00 17.00")
            XCTAssertEqual(try money(connection, "back"), "12.00 12.00 0.00")
            XCTAssertEqual(try money(connection, "off"), "20.00 20.00 0.00")
            XCTAssertEqual(try money(connection, "said"), "20.00 20.00 0.00")

            let table = try connection.rows("order.export customer=1 delimiter=tab").compactMap { $0.text("text") }
            XCTAssertTrue(table.joined().contains("online-shop\tpaid"))
            let sheet = try connection.rows("customer.print 1 level=customer").compactMap { $0.text("text") }.joined()
            XCTAssertFalse(sheet.contains("refunded 5.00"), sheet)
            let given = try connection.rows("order.list customer=1").map { $0.text("refunded") ?? "" }.sorted()
            XCTAssertEqual(given, ["0.00", "12.00", "20.00", "20.00", "20.00", "3.00"])
        }
    }

    func testNothingGoesBackThatWasNotPaid() throws {
        try withShop { _, connection in
            for ext in ["1", "2", "3"] {
                try connection.ok("order.register channel=online-shop ext=\(ext) \(Self.mugs)")
            }
            for line in [
                "order.refund 1", "order.refund 1 amount=4.00", "order.refund 1 amount=20.00",
                "order.update 1 state=refunded",
            ] {
                XCTAssertEqual(try connection.refusal(line), "409 nothing-paid", line)
            }
            XCTAssertEqual(try money(connection, "1"), "0.00 0.00 20.00")

            try connection.ok("online-shop.pay ext=1 amount=10.00")
            let error = try connection.ask("order.refund 1 amount=10.01").error
            XCTAssertEqual(error?.text, "422 refund-too-big")
            XCTAssertEqual(error?.body.text("left"), "10.00")
            XCTAssertEqual(try connection.refusal("order.refund 1 amount=20.00"), "422 refund-too-big")
            try connection.ok("order.refund 1 amount=4.00")
            XCTAssertEqual(try money(connection, "1"), "10.00 4.00 16.00")
            try connection.ok("order.refund 1")
            XCTAssertEqual(try money(connection, "1"), "10.00 10.00 0.00")
            XCTAssertEqual(try connection.ok("online-shop.show ext=1").text("payment"), "refunded")

            try connection.ok(#"order.update 2 details={"payment":{"state":"paid"}}"#)
            try connection.ok("order.refund 2 amount=20.00")
            XCTAssertEqual(try money(connection, "2"), "20.00 20.00 0.00")
            try connection.ok(
                #"order.update 3 details={"payment":{"state":"partially_refunded","amount":"20.00","refunded":"5.00"}}"#
            )
            XCTAssertEqual(try money(connection, "3"), "20.00 5.00 15.00")
            XCTAssertEqual(
                try connection.rows("event.list topics=order.refunded").compactMap { $0["data"]?.text("amount") },
                ["4.00", "6.00", "20.00", "5.00"])
        }
    }

    func testGoodsOnTheirWayAreNotCalledOff() throws {
        try withShop { _, connection in
            try connection.ok("order.register channel=online-shop ext=1 \(Self.mugs)")
            try connection.ok("online-shop.ship ext=1")

            XCTAssertEqual(try connection.refusal("order.cancel 1"), "409 goods-shipped")
            XCTAssertEqual(try connection.refusal("order.update 1 state=expired"), "409 goods-shipped")
            XCTAssertEqual(
                try connection.refusal(#"order.update 1 details={"shipping":{"amount":"4.90"}}"#), "400 bad-value")

            XCTAssertEqual(try connection.ok("order.show 1").text("state"), "confirmed")
        }
    }
}
