import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class OrderingTests: XCTestCase {
    func testAnswersComeInTheOrderOfAMixedPipeline() throws {
        try withShop { daemon in
            XCTAssertNil(try daemon.connect(to: "acme").ask("tenant.create name=other").error)
            let socket = daemon.socket

            let faults = try concurrently(2) { client in
                let connection = try ControlConnection(path: socket)
                try connection.use("acme", staff: nil)
                return try Self.converse(client, connection)
            }

            XCTAssertEqual(faults, [[], []])
        }
    }

    func testAReadOfAnotherConnectionSeesWhatWasAnswered() throws {
        try withShop { daemon in
            let writer = try daemon.connect(to: "acme")
            let reader = try daemon.connect(to: "acme")

            for number in 0..<100 {
                XCTAssertNil(try writer.ask("order.register channel=online-shop ext=\(number) total=1.00").error)
                try reader.send("order.show channel=online-shop ext=\(number)")
                try reader.send("order.list limit=1")

                XCTAssertEqual(try reader.reply().ok?["ext"], .string("\(number)"))
                XCTAssertEqual(try reader.reply().rows.first?["ext"], .string("\(number)"))
            }
        }
    }

    /// Sends everything before it reads anything; returns what was not as it must be.
    @Sendable
    private static func converse(_ client: Int, _ connection: ControlConnection) throws -> [String] {
        var expectations: [(line: String, holds: (ClientReply) -> Bool)] = []
        for number in 0..<30 {
            let ext = "\(client)-\(number)"
            expectations += [
                (
                    "order.register channel=online-shop ext=\(ext) total=\(number).50",
                    { $0.ok?["existing"] == .bool(false) }
                ),
                ("order.show channel=online-shop ext=\(ext)", { $0.ok?["total"] == .string("\(number).50") }),
                (
                    "order.register channel=online-shop ext=\(ext) total=\(number).50",
                    { $0.ok?["existing"] == .bool(true) }
                ),
                ("order.register channel=online-shop ext=\(ext) total=99", { $0.error?.slug == "order-differs" }),
                ("@other order.show channel=online-shop ext=\(ext)", { $0.error?.slug == "no-order" }),
                ("nonsense.\(client)", { $0.error?.slug == "syntax" || $0.error?.slug == "unknown-verb" }),
                (
                    "order.update channel=online-shop ext=\(ext) state=completed",
                    { $0.ok?["state"] == .string("completed") }
                ),
                (
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"order.show\",\"params\":{\"channel\":\"online-shop\",\"ext\":\"\(ext)\"}}",
                    { $0.ok?["state"] == .string("completed") }
                ),
                (
                    "@other order.register channel=online-shop ext=\(ext) total=1",
                    { $0.ok?["existing"] == .bool(false) }
                ),
                ("help \"", { $0.error?.slug == "syntax" }),
                ("@other order.show channel=online-shop ext=\(ext)", { $0.ok?["total"] == .string("1.00") }),
            ]
        }
        for expectation in expectations { try connection.send(expectation.line) }
        return try expectations.compactMap { expectation in
            let reply = try connection.reply()
            return expectation.holds(reply) ? nil : "\(expectation.line): \(reply)"
        }
    }
}
