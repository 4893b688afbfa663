import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class SafeWritingTests: XCTestCase {
    func testAKeyRepeatsTheAnswerAndNotTheChange() throws {
        try withShop { _, connection in
            let first = try connection.ok("customer.create name=Ann key=k1")
            let second = try connection.ok("customer.create key=k1 name=Ann")

            XCTAssertNil(first["replayed"])
            XCTAssertEqual(second["replayed"]?.boolValue, true)
            XCTAssertEqual(second.number("id"), first.number("id"))
            XCTAssertEqual(try connection.refusal("customer.create name=Bo key=k1"), "409 key-reused")
            XCTAssertEqual(try connection.refusal("note.add customer=1 text=x key=k1"), "409 key-reused")
            XCTAssertEqual(try connection.rows("customer.list").count, 1)
            XCTAssertEqual(try connection.refusal("customer.create email=nonsense key=k2"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.deny 99 key=k3"), "404 no-customer")
            XCTAssertNil(try connection.ok("customer.deny 1 key=k3")["replayed"])
        }
    }

    func testAKeyHoldsOnManyConnectionsAtOnceAndAfterARestart() throws {
        try withTemporaryDirectory { directory in
            let line = "@acme customer.create name=Ann key=once"
            let daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create acme")
            let answers = try concurrently(16) { _ in try daemon.connect().ok(line) }
            daemon.kill()
            let successor = try RunningDaemon(in: directory)
            defer { successor.stop() }
            let connection = try successor.connect()

            XCTAssertEqual(answers.filter { $0["replayed"]?.boolValue != true }.count, 1)
            XCTAssertEqual(Set(answers.map { $0.number("id") }), [1])
            XCTAssertEqual(try connection.ok(line)["replayed"]?.boolValue, true)
            XCTAssertEqual(try connection.rows("@acme customer.list").count, 1)
        }
    }

    func testAKeyHoldsForChangesOfTheTenantItselfToo() throws {
        try withShop { _, connection in
            for line in [
                "tenant.create name=other key=k1", "tenant.set title=Other key=k2", "channel.disable pos key=k3",
                "channel.configure booking confirm_at_once=true key=k4", "tenant.suspend key=k5",
                "tenant.resume key=k6",
            ] {
                XCTAssertNil(try connection.ask(line).error, line)
                XCTAssertEqual(try connection.ask(line).ok?["replayed"]?.boolValue, true, line)
            }
        }
    }

    func testABatchThatChangesMoreThanMemoryKeepsIsUndoneWhole() throws {
        try withShop { _, connection in
            let people = 12_000
            let rows = (0..<people).map { "P\($0 * 7_919 % people) \($0),m\($0 * 6_007 % people)@example.org" }
            try connection.ok(#"customer.import text="name,email\n\#(rows.joined(separator: #"\n"#))""#)
            let changed = (1...Int64(998)).map { $0 * 12 }
            let before = try connection.ok("customer.show \(changed[500])")
            // Something else is in the same transaction, which stays open for a moment.
            try connection.ok("customer.create name=Zoe")

            try connection.ok("batch")
            for id in changed { try connection.ok("customer.update \(id) email=n\(id * 6_007 % 12_007)@example.com") }
            try connection.ok("customer.deny 99999")
            let refused = try connection.ask("commit").error

            XCTAssertEqual(refused?.text, "404 no-customer")
            XCTAssertEqual(refused?.body["index"], .number("998"))
            XCTAssertEqual(try connection.ok("customer.show \(changed[500])"), before)
            XCTAssertEqual(try connection.rows("customer.find email=m0@example.org").count, 1)
            XCTAssertEqual(try connection.ok("customer.show 12001").text("name"), "Zoe")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
        }
    }

    func testALostUpdateIsRefused() throws {
        try withShop { _, connection in
            let rev = try XCTUnwrap(connection.ok("customer.create name=Ann").number("rev"))
            let updated = try connection.ok("customer.update 1 company=Acme if_rev=\(rev)")
            XCTAssertEqual(updated.number("rev"), rev + 1)

            let error = try connection.ask("customer.update 1 company=Other if_rev=\(rev)").error

            XCTAssertEqual(error?.text, "412 stale-revision")
            XCTAssertEqual(error?.body.number("rev"), rev + 1)
            XCTAssertEqual(try connection.ok("customer.show 1").text("company"), "Acme")
        }
    }

    func testTheSameOrderAgainChangesNothingAndAnotherIsRefused() throws {
        try withShop { _, connection in
            let line = #"order.register channel=online-shop ext=1 customer={"email":"a@example.org"} total=10.00"#
            let first = try connection.ok(line)
            let again = try connection.ok(line)
            XCTAssertEqual(again["existing"]?.boolValue, true)
            XCTAssertEqual(again.number("order"), first.number("order"))
            XCTAssertEqual(again.number("seq"), first.number("seq"))
            XCTAssertEqual(again.text("match"), first.text("match"))
            let other = line.replacingOccurrences(of: "10.00", with: "11.00")
            XCTAssertEqual(try connection.refusal(other), "409 order-differs")
            XCTAssertEqual(try connection.ok("customer.show 1")["totals"]?.text("EUR"), "10.00")
        }
    }

    func testABatchIsAppliedAsOne() throws {
        try withShop { daemon, connection in
            let other = try daemon.connect(to: "acme")
            XCTAssertEqual(try connection.ok("batch").text, "{}")
            XCTAssertEqual(try connection.ok("customer.create name=Ann").text, #"{"queued":0}"#)
            XCTAssertEqual(try connection.ok("tag.assign customer=1 tag=VIP").text, #"{"queued":1}"#)
            XCTAssertEqual(try connection.ok("customer.list").text, #"{"queued":2}"#)
            XCTAssertEqual(try other.rows("customer.list"), [])

            let results = try XCTUnwrap(connection.ok("commit")["results"]?.arrayValue)

            XCTAssertEqual(results.count, 3)
            XCTAssertEqual(results[0].text("name"), "Ann")
            XCTAssertEqual(results[1]["tags"], .array([.string("VIP")]))
            XCTAssertEqual(results[2]["rows"]?.arrayValue?.count, 1)
            XCTAssertEqual(try other.rows("customer.list").count, 1)
            XCTAssertEqual(try connection.refusal("commit"), "400 syntax")
        }
    }

    func testARefusedMemberUndoesTheWholeBatch() throws {
        try withShop { _, connection in
            for line in ["batch", "customer.create name=Ann", "customer.deny 99", "customer.create name=Bo"] {
                try connection.ok(line)
            }

            let error = try connection.ask("commit").error

            XCTAssertEqual(error?.text, "404 no-customer")
            XCTAssertEqual(error?.body.number("index"), 1)
            XCTAssertEqual(try connection.rows("customer.list"), [])
            XCTAssertEqual(try connection.rows("event.list"), [])
            try connection.ok("batch")
            try connection.ok("customer.create name=Ann")
            XCTAssertEqual(try connection.refusal("customer.create nmae=Bo"), "400 unknown-argument")
            let lost = try connection.ask("commit").error
            XCTAssertEqual(lost?.text, "400 unknown-argument")
            XCTAssertEqual(lost?.body.number("index"), 1)
            XCTAssertEqual(try connection.rows("customer.list"), [])
        }
    }

    func testABatchThatIsNotCommittedNeverHappened() throws {
        try withShop { daemon, connection in
            try connection.ok("batch")
            try connection.ok("customer.create name=Ann")
            XCTAssertEqual(try connection.refusal("use acme"), "400 syntax")
            XCTAssertEqual(try connection.ok("cancel").number("cancelled"), 2)
            XCTAssertEqual(try connection.refusal("cancel"), "400 syntax")
            do {
                let leaving = try daemon.connect(to: "acme")
                try leaving.ok("batch")
                try leaving.ok("customer.create name=Bo")
            }
            XCTAssertEqual(try connection.rows("customer.list"), [])
        }
    }

    func testABatchTakesOnlyRequestsOfOneTenantsRegistry() throws {
        try withShop { _, connection in
            try connection.ok("tenant.create other")
            for (line, refusal) in [
                ("@other customer.create name=Bo", "400 syntax"), ("stats", "400 syntax"),
                ("channel.disable pos", "400 syntax"), ("event.watch", "400 syntax"),
            ] {
                try connection.ok("batch")
                try connection.ok("customer.create name=Ann")
                XCTAssertEqual(try connection.refusal(line), refusal, line)
                XCTAssertEqual(try connection.ask("commit").error?.body.number("index"), 1, line)
            }
            XCTAssertEqual(try connection.rows("customer.list"), [])
            XCTAssertEqual(try connection.rows("@other customer.list"), [])
            XCTAssertEqual(try connection.rows("channel.list").filter { $0["enabled"]?.boolValue == false }, [])
        }
    }

    func testAJSONBatchIsAppliedAsOne() throws {
        try withShop { _, connection in
            let head = #"{"jsonrpc":"2.0","id":1,"method":"batch","params":{"requests":["#
            let ann = #"{"method":"customer.create","params":{"name":"Ann"}}"#
            let refused = #"{"method":"customer.deny","params":{"id":99}}"#
            let list = #"{"method":"customer.list"}"#

            let error = try connection.ask("\(head)\(ann),\(refused)]}}").error
            XCTAssertEqual(error?.text, "404 no-customer")
            XCTAssertEqual(error?.body.number("index"), 1)
            XCTAssertEqual(try connection.rows("customer.list"), [])
            let results = try connection.ok("\(head)\(ann),\(list)]}}")["results"]?.arrayValue
            XCTAssertEqual(results?.first?.text("name"), "Ann")
            XCTAssertEqual(results?.last?["rows"]?.arrayValue?.count, 1)
        }
    }
}
