import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class TenantTests: XCTestCase {
    func testASuspendedTenantRefusesEverythingUntilItIsResumed() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            let staff = try daemon.connect()
            try staff.ok("auth \(try XCTUnwrap(connection.ok("token.create role=staff").text("token")))")

            XCTAssertEqual(try connection.ok("tenant.suspend")["suspended"]?.boolValue, true)

            for line in ["customer.list", "customer.create name=Bo", "order.show 1", "tag.list", "event.watch"] {
                XCTAssertEqual(try connection.refusal(line), "423 suspended", line)
                XCTAssertEqual(try staff.refusal(line), "423 suspended", line)
            }
            for line in ["channel.disable pos", "tenant.show"] {
                XCTAssertEqual(try staff.refusal(line), "423 suspended", line)
            }
            XCTAssertEqual(try connection.ok("tenant.resume")["suspended"]?.boolValue, false)
            XCTAssertEqual(try staff.rows("customer.list").count, 1)
        }
    }

    func testSettingsAreShownAndUnknownOnesRefused() throws {
        try withShop { daemon, connection in
            let standard = try connection.ok("tenant.show")
            XCTAssertEqual(standard["settings"]?["guest.record"]?.text("value"), "contact")
            XCTAssertEqual(standard["settings"]?["guest.record"]?.text("allowed"), "contact, account, none")

            let changed = try connection.ok(
                #"tenant.set title="Café Öz" time_zone=Europe/Istanbul guest.record=none tags.max=2 match.phone=false"#)

            XCTAssertEqual(changed.text("title"), "Café Öz")
            XCTAssertEqual(changed.text("time_zone"), "Europe/Istanbul")
            XCTAssertEqual(changed["settings"]?["tags.max"]?.text("value"), "2")
            XCTAssertEqual(changed["settings"]?["match.phone"]?.text("value"), "false")
            XCTAssertEqual(try connection.ok("tenant.show"), changed)
            let error = try connection.ask("tenant.set title=Other guest.recrod=none").error
            XCTAssertEqual(error?.text, "400 unknown-argument")
            XCTAssertEqual(try connection.refusal("tenant.set guest.record=perhaps"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("tenant.set time_zone=Mars/Base"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("tenant.set staff=no-such-user-here"), "400 bad-value")
            XCTAssertEqual(try connection.ok("tenant.show"), changed)
            daemon.stop()
            let successor = try RunningDaemon(in: daemon.directory)
            XCTAssertEqual(try successor.connect().ok("@acme tenant.show"), changed)
            successor.stop()
        }
    }

    func testTheMostTagsACustomerMayCarryIsKept() throws {
        try withShop("tags.max=2") { _, connection in
            try connection.ok("customer.create name=Ann")
            for tag in ["A", "B", "a"] { try connection.ok("tag.assign customer=1 tag=\(tag)") }
            XCTAssertEqual(try connection.refusal("tag.assign customer=1 tag=C").prefix(3), "409")
            XCTAssertEqual(try connection.ok("customer.show 1")["tags"], .array([.string("A"), .string("B")]))
        }
    }

    func testADisabledChannelTakesNoOrders() throws {
        try withShop { _, connection in
            let line = #"order.register channel=pos customer=1 total=1.00 details={"register":"7","receipt":"1"}"#
            try connection.ok("customer.create name=Ann")

            XCTAssertEqual(try connection.ok("channel.disable pos")["enabled"]?.boolValue, false)

            XCTAssertEqual(try connection.refusal(line), "409 channel-disabled")
            XCTAssertEqual(
                try connection.rows("channel.list").filter { $0["enabled"]?.boolValue == false }.map {
                    $0.text("channel")
                }, ["pos"])
            XCTAssertEqual(try connection.rows("order.list channel=pos"), [])
            try connection.ok("channel.enable pos")
            try connection.ok(line)
            XCTAssertEqual(try connection.refusal("channel.disable fax"), "404 no-channel")
        }
    }

    func testAChannelsSettingChangesWhatItDoes() throws {
        try withShop { _, connection in
            let line =
                #"customer={"email":"a@example.org"} total=1.00 details={"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin"}"#
            try connection.ok("order.register channel=booking ext=1 \(line)")

            let shape = try connection.ok("channel.configure booking confirm_at_once=true")

            try connection.ok("order.register channel=booking ext=2 \(line)")
            XCTAssertEqual(shape["settings"]?.text("confirm_at_once"), "true")
            XCTAssertEqual(try connection.ok("order.show 1").text("channel_state"), "requested")
            XCTAssertEqual(try connection.ok("order.show 2").text("channel_state"), "confirmed")
            for wrong in ["confirm_at_once=maybe", "no_such=1"] {
                XCTAssertEqual(try connection.refusal("channel.configure booking \(wrong)").prefix(2), "40", wrong)
            }
            XCTAssertEqual(
                try connection.rows("channel.list").first { $0.text("channel") == "booking" }, shape)
        }
    }

    func testTenantsAreListedByNameAPageAtATime() throws {
        try withShop { _, connection in
            for name in ["zoo", "bar", "baz-2", "0"] { try connection.ok("tenant.create \(name)") }
            let names = try connection.allRows("tenant.list limit=2").compactMap { $0.text("name") }
            XCTAssertEqual(names, ["0", "acme", "bar", "baz-2", "zoo"])
        }
    }
}
