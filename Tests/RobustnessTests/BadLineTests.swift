import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class BadLineTests: XCTestCase {
    private static let tooLong =
        "ERR 413 line-too-long {\"message\":\"a line of 1048577 bytes; at most 1048576 are taken here\","
        + "\"length\":1048577,\"limit\":1048576}"

    func testAnOverlongLineIsDiscardedAndTheConnectionStays() throws {
        try withShop { daemon in
            let client = try RawClient(daemon.socket)

            client.write([UInt8](repeating: 0x78, count: (1 << 20) + 1) + Array("\nwhoami\n".utf8))

            XCTAssertEqual(client.readLine(), Self.tooLong)
            XCTAssertEqual(client.readLine()?.hasPrefix("OK {\"role\":\"operator\""), true)
        }
    }

    func testTheLongestLineIsTaken() throws {
        try withShop { daemon in
            let connection = try daemon.connect(to: "acme")
            let (head, tail) = (#"customer.create name=Ann custom={"x":""#, #""}"#)
            let text = String(repeating: "x", count: (1 << 20) - head.utf8.count - tail.utf8.count)

            let reply = try connection.ask(head + text + tail)

            XCTAssertEqual(reply.ok?["custom"]?["x"], .string(text))
        }
    }

    func testAStrangerMaySendFourKibibytesALine() throws {
        // Only root can come as somebody else.
        guard geteuid() == 0 else { return }
        try withShop { daemon in
            XCTAssertEqual(chmod(daemon.directory, 0o711), 0)
            let client = try Nobody.act { try RawClient(daemon.socket) }

            client.write([UInt8](repeating: 0x78, count: 4_097) + Array("\nwhoami\n".utf8))
            client.write([UInt8](repeating: 0x78, count: 4_096) + Array("\n".utf8))

            XCTAssertEqual(
                client.readLine(),
                "ERR 413 line-too-long {\"message\":\"a line of 4097 bytes; at most 4096 are taken here\","
                    + "\"length\":4097,\"limit\":4096}")
            XCTAssertEqual(client.readLine()?.hasPrefix("OK {\"role\":\"none\""), true)
            XCTAssertEqual(client.readLine()?.hasPrefix("ERR 405 unknown-verb "), true)
        }
    }

    func testBadBytesAreRefusedWithTheirColumn() throws {
        try withShop { daemon in
            let client = try RawClient(daemon.socket)
            let lines: [(bytes: [UInt8], answer: String)] = [
                (Array("hel".utf8) + [0xFF], "bad utf-8 at column 4\",\"column\":4}"),
                (Array("hello ".utf8) + [0xC3, 0x28], "bad utf-8 at column 7\",\"column\":7}"),
                (Array("hello ".utf8) + [0x00], "control character outside a json string at column 7\",\"column\":7}"),
                (
                    Array("hello \"".utf8) + [0x00, 0x22],
                    "json string holds a bare control character at column 8\",\"column\":8}"
                ),
                (Array("help \"abc".utf8), "json ends too early at column 10\",\"column\":10}"),
            ]

            for (bytes, answer) in lines {
                client.write(bytes + [0x0A])

                XCTAssertEqual(client.readLine(), "ERR 400 syntax {\"message\":\"\(answer)")
            }
            client.write("whoami\n")
            XCTAssertEqual(client.readLine()?.hasPrefix("OK "), true)
        }
    }

    func testHalfALineAtTheEndHasNoEffect() throws {
        try withShop { daemon in
            let client = try RawClient(daemon.socket)

            client.write("@acme customer.create name=Whole\n@acme customer.create name=Half")
            client.endOutput()

            XCTAssertEqual(client.readLine()?.hasPrefix("OK "), true)
            XCTAssertEqual(client.readToEnd(), [])
            XCTAssertEqual(
                try daemon.connect(to: "acme").ask("customer.list").rows.map { $0["name"] }, [.string("Whole")])
        }
    }

    func testDeepJSONIsRefused() throws {
        try withShop { daemon in
            let connection = try daemon.connect(to: "acme")
            let deep = String(repeating: "[", count: 10_000)
            let closed = deep + String(repeating: "]", count: 10_000)
            let objects = String(repeating: "{\"a\":", count: 10_000)

            for value in [deep, closed, objects] {
                XCTAssertEqual(try connection.ask("order.register channel=pos details=\(value)").error?.slug, "syntax")
                let line = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":\(value)}"
                XCTAssertEqual(try connection.ask(line).error?.slug, "syntax")
                XCTAssertEqual(try connection.ask(value).error?.slug, "syntax")
            }
            XCTAssertNil(try connection.ask("whoami").error)
        }
    }

    func testHugeNumbersAreRefused() throws {
        try withShop { daemon in
            let connection = try daemon.connect(to: "acme")
            let digits = String(repeating: "9", count: 1_000)
            let line = { (quantity: String, price: String) in
                "order.register channel=online-shop ext=1 lines=[{\"sku\":\"A\",\"name\":\"x\",\"quantity\":\(quantity),"
                    + "\"unit_price\":\"\(price)\"}]"
            }

            for request in [
                "order.register channel=online-shop ext=1 total=1e400",
                "order.register channel=online-shop ext=1 total=\(digits)",
                "order.register channel=online-shop ext=1 total=92233720368547758.08", "order.show \(digits)",
                "order.list limit=9223372036854775808", "order.list limit=-9223372036854775808",
                "order.list from=999999999999-01-01", "coupon.create code=A percent=\(digits)",
                line("99999999999999999999", "1"), line("1e999999999", "1"), line("1", digits),
                line("9223372036854775807", "9223372036854.775807"),
            ] {
                let failure = try XCTUnwrap(connection.ask(request).error, request)
                XCTAssertEqual(failure.code, 400, request)
                XCTAssertEqual(failure.slug, "bad-value", request)
            }
        }
    }

    func testTheGreatestTotalsAreSummedExactlyAndGreaterOnesRefused() throws {
        try withShop { daemon in
            let connection = try daemon.connect(to: "acme")
            let line = { (ext: Int, total: String) in
                "order.register channel=online-shop ext=\(ext) customer={\"email\":\"a@example.org\"} total=\(total)"
            }

            for ext in 0..<50 {
                XCTAssertNil(try connection.ask(line(ext, "100000000000.00")).error)
            }

            XCTAssertEqual(try connection.ask(line(50, "100000000000.01")).error?.slug, "bad-value")
            XCTAssertEqual(
                try connection.ask("customer.show 1").ok?["totals"]?["EUR"], .string("5000000000000.00"))
        }
    }
}
