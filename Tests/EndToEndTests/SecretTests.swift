import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// What must not come out: secrets, reasons, other channels' ids.
final class SecretTests: XCTestCase {
    func testARevokedTokenHearsOfNoFurtherEvent() throws {
        try withShop { daemon, connection in
            let made = try connection.ok("token.create role=staff label=app")
            let watcher = try daemon.connect()
            _ = try watcher.ok("auth \(made.text("token") ?? "")")
            _ = try watcher.ok("event.watch")
            _ = try connection.ok("customer.create name=Ann")
            XCTAssertTrue(try watcher.readLine()?.hasPrefix("! ") ?? false)

            _ = try connection.ok("token.revoke \(made.text("id") ?? "")")
            _ = try connection.ok("customer.create name=Bo")

            XCTAssertEqual(try watcher.refusal("whoami"), "403 forbidden")
            XCTAssertEqual(watcher.events, [])
        }
    }

    func testATokensSecretIsNotKeptUnderAKey() throws {
        try withShop { _, connection in
            XCTAssertEqual(try connection.refusal("token.create role=staff key=k1"), "400 unknown-argument")
        }
    }

    func testWhyACustomerIsDeniedIsForStaffOnly() throws {
        try withShop { daemon, connection in
            let token = try connection.ok("token.create role=channel channel=pos label=till").text("token") ?? ""
            _ = try connection.ok("customer.create name=Ann")
            _ = try connection.ok(#"customer.deny 1 reason="owes us money""#)
            let till = try daemon.connect()
            _ = try till.ok("auth \(token)")

            let order = #"order.register channel=pos customer=1 total=1.00 details={"register":"1","receipt":"1"}"#
            let refused = try XCTUnwrap(till.ask(order).error)

            XCTAssertEqual(refused.slug, "denied")
            XCTAssertNil(refused.body["reason"])
            XCTAssertNil(try till.ok("customer.show 1")["deny_reason"])
            XCTAssertEqual(try connection.ok("customer.show 1").text("deny_reason"), "owes us money")
            XCTAssertFalse(try connection.rows("timeline.list 1").description.contains("owes us money"))
        }
    }

    func testADeniedCustomerIsToldSoBeforeAnythingElse() throws {
        try withShop { _, connection in
            _ = try connection.ok("customer.create name=Ann")
            _ = try connection.ok("customer.deny 1")

            XCTAssertEqual(
                try connection.refusal("order.register channel=booking ext=1 customer=1 total=1.00"), "403 denied")
            XCTAssertEqual(
                try connection.refusal("order.register channel=booking ext=1 total=1.00"), "422 incomplete")
        }
    }

    func testSessionVerbsTakeNoUnknownArguments() throws {
        try withShop { _, connection in
            _ = try connection.ok("batch")
            _ = try connection.ok("customer.create name=Ann")

            XCTAssertEqual(try connection.refusal("commit now=true"), "400 unknown-argument")
        }
    }

    func testCheckTriesAConfigurationWithoutMakingIt() throws {
        try withShop { _, connection in
            XCTAssertEqual(try connection.refusal("check tenant.create name=b currency=XXQ"), "400 bad-value")
            XCTAssertEqual(try connection.ok("check tenant.create name=b")["valid"], .bool(true))
            XCTAssertEqual(try connection.refusal("tenant.show b"), "404 no-tenant")
        }
    }

    func testAmountsAreTextAndNeverFloats() throws {
        try withShop { _, connection in
            let line =
                #"{"jsonrpc":"2.0","id":1,"method":"order.register","params":{"tenant":"acme","channel":"manual","#
            let details = #","details":{"source":"phone"}}}"#
            XCTAssertEqual(try connection.refusal(line + #""total":9.95"# + details), "400 bad-value")
            XCTAssertEqual(
                try connection.refusal(line + #""lines":[{"sku":"A","unit_price":9.95}]"# + details), "400 bad-value")
            XCTAssertEqual(try connection.ok(line + #""total":"9.95""# + details).text("total"), "9.95")
        }
    }
}
