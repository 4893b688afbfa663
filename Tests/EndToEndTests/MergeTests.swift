import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class MergeTests: XCTestCase {
    func testTwoCustomersBecomeOneAndTwoAgain() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            try connection.ok("customer.create name=Anna phone=+4930123456")
            try connection.ok("order.register channel=online-shop ext=1 customer=2 total=10.00")

            let preview = try connection.ok(#"customer.merge into=1 from=2 preview=true fields={"name":"from"}"#)
            XCTAssertEqual(preview["customer"]?.text("name"), "Anna")
            XCTAssertEqual(preview["moves"]?["orders"]?.integerValue, 1)
            XCTAssertEqual(try connection.ok("customer.show 2")["merged_into"], .null)
            let merged = try connection.ok("customer.merge into=1 from=2")

            XCTAssertEqual(merged["customer"]?["orders"]?.integerValue, 1)
            XCTAssertEqual(try connection.ok("customer.show 2")["merged_into"]?.integerValue, 1)
            XCTAssertEqual(try connection.rows("customer.find phone=030123456").map { $0["id"]?.integerValue }, [1])
            XCTAssertEqual(try connection.rows("customer.list").count, 1)
            let refusal = try XCTUnwrap(connection.ask("tag.assign customer=2 tag=x").error)
            XCTAssertEqual(refusal.code, 410)
            XCTAssertEqual(refusal.slug, "merged")
            let apart = try connection.ok("customer.unmerge 2")
            XCTAssertEqual(apart["customer"]?.text("name"), "Anna")
            XCTAssertEqual(apart["survivor"]?["orders"]?.integerValue, 0)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testChannelsAndThePortalSeeThePublicReasonOnly() throws {
        try withShop { daemon, connection in
            try connection.ok(
                #"customer.deny email=never@example.org reason="steals" public_reason="please call us""#)
            let token = try XCTUnwrap(connection.ok("token.create role=channel channel=online-shop").text("token"))
            let channel = try daemon.connect(to: "acme")
            try channel.ok("auth \(token)")

            let refusal = try channel.ask(
                #"order.register channel=online-shop ext=1 customer={"email":"NEVER@example.org"} total=1.00"#)

            XCTAssertEqual(refusal.error?.slug, "denied")
            XCTAssertTrue(refusal.error?.body.text.contains("please call us") == true)
            XCTAssertFalse(refusal.error?.body.text.contains("steals") == true)
            let rows = try connection.rows("customer.denied")
            XCTAssertEqual(rows.map { $0.text("reason") }, ["steals"])
        }
    }

    func testMandatoryFieldsAreSetForTheShopAndForAChannel() throws {
        try withShop { _, connection in
            try connection.ok("tenant.set fields.required=email,phone fields.required.online-shop=email")

            let refusal = try XCTUnwrap(connection.ask("customer.create name=Ann").error)
            XCTAssertEqual(refusal.code, 422)
            XCTAssertEqual(refusal.slug, "incomplete")
            let order = #"order.register channel=online-shop ext=1 customer={"name":"Ann"} total=1.00"#
            XCTAssertEqual(try connection.ask(order).error?.slug, "incomplete")
            try connection.ok(#"order.register channel=pos ext=1 total=1.00 details={"register":"1","receipt":"1"}"#)
            XCTAssertEqual(try connection.ask("tenant.set fields.required=mail").error?.code, 400)
            XCTAssertEqual(try connection.ask("tenant.set fields.required.fax=email").error?.code, 400)
        }
    }

    func testTheShopsOwnFieldsHaveTypes() throws {
        try withShop { _, connection in
            try connection.ok("field.define name=size type=number")
            try connection.ok("field.define name=colour type=choice choices=red,blue")
            try connection.ok(#"customer.create name=Ann custom={"size":"44","colour":"RED"}"#)

            let changed = try connection.ok(#"customer.update 1 custom={"size":null}"#)

            XCTAssertEqual(changed["custom"], .object([JSON.Member(name: "colour", value: .string("red"))]))
            XCTAssertEqual(try connection.ask(#"customer.update 1 custom={"shoe":1}"#).error?.code, 400)
            XCTAssertEqual(try connection.rows("field.list").map { $0.text("name") }, ["colour", "size"])
        }
    }
}
