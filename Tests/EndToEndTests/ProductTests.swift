import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// A reference to a product leads to the channel that owns it.
final class ProductTests: XCTestCase {
    func testAProductIsWhatItsChannelSoldLast() throws {
        try withShop { _, connection in
            let register = "order.register channel=online-shop"
            _ = try connection.ok(register + #" ext=1 lines=[{"sku":"MUG","name":"Mug","unit_price":"7.50"}]"#)
            _ = try connection.ok(register + #" ext=2 lines=[{"sku":"MUG","name":"Big mug","unit_price":"8"}]"#)
            _ = try connection.ok(
                #"order.register channel=pos lines=[{"sku":"CAKE","name":"Cake","unit_price":"4.20"}]"#
                    + #" details={"register":"1","receipt":"1"}"#)

            XCTAssertEqual(
                try connection.ok("channel.product channel=online-shop sku=MUG").text,
                #"{"channel":"online-shop","sku":"MUG","name":"Big mug","unit_price":"8.00","currency":"EUR"}"#)
            XCTAssertEqual(
                try connection.refusal("channel.product channel=online-shop sku=CAKE"), "404 no-product")
            XCTAssertEqual(try connection.refusal("channel.product channel=fair sku=CAKE"), "404 no-channel")
        }
    }
}
