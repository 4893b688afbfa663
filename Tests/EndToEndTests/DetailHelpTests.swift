import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// What a caller learns of a channel's details, over the socket.
final class DetailHelpTests: XCTestCase {
    func testMisspeltDetailsAreKeptAndWarnedOf() throws {
        try withShop { _, connection in
            let warning = "details.shipping_costs means nothing to online-shop and is only kept; is shipping meant?"
            let order = try connection.ok(
                #"order.register channel=online-shop ext=1 total=9.00 customer={"email":"a@x.org"} details={"shipping_costs":"4.90","gift":"yes"}"#
            )
            XCTAssertEqual(order["warnings"], .array([.string(warning)]))

            let changed = try connection.ok(
                #"order.update channel=online-shop ext=1 details={"shipping":{"cost":"4.90"}}"#)
            XCTAssertEqual(changed["warnings"]?.arrayValue?.count, 1)
            XCTAssertEqual(changed["details"]?.text("shipping_costs"), "4.90")
            XCTAssertNil(
                try connection.ok(#"order.update channel=online-shop ext=1 details={"gift":"no"}"#)["warnings"])
        }
    }

    func testHelpAndTheListOfChannelsTellWhatTheDetailsHold() throws {
        try withShop { _, connection in
            let help = try connection.rows("help online-shop").compactMap { $0.text("text") }
            XCTAssertEqual(help.first, "online-shop: Online shop; its orders' details may hold")
            XCTAssertTrue(
                help.contains("  shipping.amount              what sending costs; it comes on top of the lines"),
                help.joined(separator: "\n"))
            let shop = try XCTUnwrap(
                connection.rows("channel.list").first { $0.text("channel") == "online-shop" })
            XCTAssertEqual(shop["details"]?.text("shipping.tax_rate"), "of the tax contained in it, in per cent")
            XCTAssertTrue(
                try connection.rows("help order.register").contains {
                    $0.text("text")?.contains("help online-shop") == true
                })
            XCTAssertEqual(try XCTUnwrap(connection.ask("help nothing").error).text, "405 unknown-verb")
        }
    }
}
