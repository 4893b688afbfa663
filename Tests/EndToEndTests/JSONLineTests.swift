import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class JSONLineTests: XCTestCase {
    func testBothKindsOfLineGiveTheSameContent() throws {
        try withShop { _, connection in
            let pairs = [
                (#"customer.create name="Ann Öz" email=ann@example.org"#, "customer.show", #"{"id":1}"#),
                ("customer.show 1", "customer.show", #"{"tenant":"acme","id":1}"#),
                ("coupon.create code=A percent=5 limit=9", "coupon.show", #"{"code":"A"}"#),
                ("coupon.show A", "coupon.show", #"{"code":"a"}"#),
                ("tenant.show", "tenant.show", #"{"tenant":"acme"}"#),
            ]
            for (number, (word, method, params)) in pairs.enumerated() {
                let answer = try connection.ok(word)
                let line = #"{"jsonrpc":"2.0","id":\#(number),"method":"\#(method)","params":\#(params)}"#
                try connection.send(line)
                XCTAssertEqual(
                    try connection.readLine(), #"{"jsonrpc":"2.0","id":\#(number),"result":\#(answer.text)}"#, line)
            }
        }
    }

    func testAListIsOneResultWithItsRows() throws {
        try withShop { _, connection in
            for name in ["A", "B", "C"] { try connection.ok("customer.create name=\(name)") }
            let reply = try connection.ask("customer.list limit=2")
            let next = try XCTUnwrap(reply.ok?.text("next"))

            let answer = try connection.ok(#"{"jsonrpc":"2.0","id":"x","method":"customer.list","params":{"limit":2}}"#)

            XCTAssertEqual(reply.ok?.number("rows"), 2)
            XCTAssertEqual(answer["rows"]?.arrayValue, reply.rows)
            XCTAssertEqual(answer.text("next"), next)
            let rest = #"{"jsonrpc":"2.0","id":1,"method":"customer.list","params":{"limit":2,"after":"\#(next)"}}"#
            XCTAssertEqual(try connection.ok(rest)["rows"]?.arrayValue?.map { $0.text("name") }, ["C"])
        }
    }

    func testAnErrorHasItsCodeAndItsSlug() throws {
        try withShop { _, connection in
            try connection.send(#"{"jsonrpc":"2.0","id":7,"method":"customer.show","params":{"id":9}}"#)
            let answer = try JSON(parsing: try XCTUnwrap(connection.readLine()))
            XCTAssertEqual(answer.number("id"), 7)
            XCTAssertEqual(answer["error"]?.number("code"), 404)
            XCTAssertEqual(answer["error"]?["data"]?.text("slug"), "no-customer")
            XCTAssertEqual(answer["error"]?.text("message"), "there is no such customer")
            let refusals = [
                (#"{"jsonrpc":"2.0","id":1,"method":"nope"}"#, "405 unknown-verb"),
                (#"{"jsonrpc":"2.0","id":1,"method":"customer.show","params":{"id":1,"x":2}}"#, "400 unknown-argument"),
                (#"{"jsonrpc":"2.0","id":1,"method":"customer.show"}"#, "400 missing-argument"),
                (#"{"jsonrpc":"2.0","id":1,"method":"customer.show","params":{"id":true}}"#, "400 bad-value"),
                (#"[{"jsonrpc":"2.0","id":1,"method":"hello"}]"#, "400 syntax"),
            ]
            for (line, refusal) in refusals { XCTAssertEqual(try connection.ask(line).error?.text, refusal, line) }
            XCTAssertEqual(try connection.ok("hello").text("server"), "patron")
        }
    }

    func testEventsAreNotifications() throws {
        try withShop { daemon, connection in
            let watcher = try daemon.connect(to: "acme")
            try watcher.ok(#"{"jsonrpc":"2.0","id":1,"method":"event.watch","params":{"topics":["customer.*"]}}"#)

            try connection.ok("customer.create name=Ann")

            let notification = try JSON(parsing: try XCTUnwrap(watcher.readLine()))
            XCTAssertEqual(notification.text("method"), "event")
            XCTAssertEqual(notification["params"]?.text("topic"), "customer.created")
            XCTAssertEqual(notification["params"]?.number("seq"), 1)
        }
    }
}
