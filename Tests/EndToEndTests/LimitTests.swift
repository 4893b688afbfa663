import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class LimitTests: XCTestCase {
    /// A connection with a token of the shop's.
    private func client(
        _ daemon: RunningDaemon, _ connection: ControlConnection, role: String = "staff"
    ) throws -> ControlConnection {
        let client = try daemon.connect()
        try client.ok("auth \(try XCTUnwrap(connection.ok("token.create role=\(role)").text("token")))")
        return client
    }

    func testWhoAsksTooOftenIsToldSoAndTheOperatorNever() throws {
        try withShop("limit.requests=1 limit.burst=5 account.invite=false") { daemon, connection in
            let client = try client(daemon, connection)

            let replies = try client.replies(to: Array(repeating: "customer.list", count: 60))

            let refused = try XCTUnwrap(replies.first { $0.error != nil }?.error)
            XCTAssertEqual(refused.text, "429 quota")
            XCTAssertEqual(refused.message, "this tenant may make 1 requests a second; try again in 1 s")
            XCTAssertEqual(refused.body["exceeded"]?.stringValue, "requests")
            XCTAssertEqual(refused.body["limit"]?.integerValue, 1)
            XCTAssertEqual(refused.body["retry_after"]?.integerValue, 1)
            XCTAssertTrue(replies.prefix(5).allSatisfy { $0.error == nil })
            XCTAssertTrue(
                try connection.replies(to: Array(repeating: "customer.list", count: 60)).allSatisfy { $0.error == nil })
            let requests = (0..<10).map { _ in #"{"method":"customer.list"}"# }.joined(separator: ",")
            let batch = #"{"jsonrpc":"2.0","id":1,"method":"batch","params":{"requests":[\#(requests)]}}"#
            XCTAssertEqual(try client.refusal(batch), "429 quota")
            try connection.ok("tenant.set limit.requests=0")
            try client.ok("batch")
            try client.ok("cancel")
        }
    }

    func testRowsAndBytesAreRefusedToTheShopAndNotToTheOperator() throws {
        try withShop("limit.customers=1 limit.orders=1 account.invite=false") { daemon, connection in
            let client = try client(daemon, connection)
            try client.ok("customer.create name=Ann")

            let reply = try client.ask("customer.create name=Bo")

            XCTAssertEqual(reply.error?.text, "429 quota")
            XCTAssertEqual(reply.error?.body["exceeded"]?.stringValue, "customers")
            XCTAssertEqual(reply.error?.body["limit"]?.integerValue, 1)
            XCTAssertEqual(reply.error?.body["retry_after"], .null)
            try connection.ok("customer.create name=Bo")
            let order = "order.register channel=online-shop customer=1 total=1.00 ext="
            try client.ok(order + "1")
            XCTAssertEqual(
                try client.ask(order + "2").error?.message,
                "this tenant may have 1 orders; that does not go away by itself, but the operator can raise limit.orders"
            )
            try connection.ok(order + "2")
            XCTAssertEqual(
                try client.refusal(#"customer.import text="name,email\nCem,cem@example.org\n""#), "429 quota")

            try connection.ok("tenant.set limit.bytes=1")
            try connection.ok("customer.create name=Cem")

            XCTAssertEqual(try client.ask("note.add customer=1 text=x").error?.body["exceeded"]?.stringValue, "bytes")
            XCTAssertEqual(try client.refusal("check note.add customer=1 text=x"), "429 quota")
            try client.ok("customer.show 1")
            try client.ok("consent.unsubscribe customer=1")
            try client.ok("order.cancel 1")
            try client.ok("customer.erase 1")
            try connection.ok("note.add customer=2 text=x")
        }
    }

    func testTheHostsLimitsAreShownWhereATenantHasNoneOfItsOwn() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory, limits: "requests=7,orders=0")
            defer { daemon.stop() }
            let connection = try daemon.connect()

            let shown = try connection.ok("tenant.create acme limit.customers=5")["settings"]

            XCTAssertEqual(shown?["limit.requests"]?.text("value"), "7")
            XCTAssertEqual(shown?["limit.orders"]?.text("value"), "0")
            XCTAssertEqual(shown?["limit.customers"]?.text("value"), "5")
            XCTAssertEqual(shown?["limit.mails"]?.text("value"), "10000")
        }
    }

    func testTheOutboxTellsWhatAMailWaitsFor() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory, sendmail: "/bin/true")
            defer { daemon.stop() }
            try daemon.connect().ok("tenant.create acme limit.mails=1 mail.from=shop@example.org account.invite=false")
            let connection = try daemon.connect(to: "acme")
            try connection.ok("customer.create name=Ann email=ann@example.org")
            try connection.ok("message.send customer=1 subject=A text=a")
            while try connection.rows("message.outbox state=sent").isEmpty {}

            try connection.ok("message.send customer=1 subject=B text=b")

            let mails = try connection.rows("message.outbox")
            XCTAssertEqual(mails.map { $0.text("state") }, ["queued", "sent"])
            XCTAssertEqual(mails.map { $0["waits_for"]?.text("limit") }, ["limit.mails", nil])
            XCTAssertEqual(mails.last?["waits_for"], .null)
            XCTAssertEqual(try connection.ok("message.retry 2")["waits_for"]?.text("limit"), "limit.mails")
        }
    }
}
