import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class HostileTextTests: XCTestCase {
    private struct Row: Decodable {
        let value: String
    }

    private static let own = [
        "a\u{0}b", "line\nline\r\nline", "'; DROP TABLE customer; --", "\u{202E}txt.exe",
        "e\u{301}\u{301}\u{301}\u{301}",
        String(repeating: "Ж", count: 20_000), "{\"a\":1}", "[1]", "name=value", "@acme", "--", "%00%s%n", "\u{10FFFF}",
        "OK {}", "ERR 500 internal {}", "\\u0000", "\\", "\"", "<script>alert(1)</script>", "‏עברית‏", "NULL",
    ]

    func testNaughtyStringsComeBackAsTheyAre() throws {
        let data = try Data(contentsOf: RealData.url("hostile/blns.json"))
        try check(JSONDecoder().decode([Row].self, from: data).map(\.value))
    }

    func testOwnHostileStringsComeBackAsTheyAre() throws {
        try check(Self.own)
    }

    /// Enters each text as a name and as a note, looks for it, and reads it again.
    private func check(_ texts: [String]) throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            let connection = try daemon.connect()
            XCTAssertNil(try connection.ask("tenant.create name=acme").error)
            for text in texts {
                let created = try ask("customer.create", ["name": text], connection)

                if text.allSatisfy(\.isWhitespace) {
                    XCTAssertEqual(created.error?.code, 422)
                    XCTAssertEqual(created.error?.slug, "incomplete")
                    continue
                }
                if text.utf8.contains(0) || text.utf8.count > 4_096 {
                    XCTAssertEqual(created.error?.code, 400)
                    XCTAssertEqual(created.error?.slug, "bad-value")
                    continue
                }
                let id = try XCTUnwrap(created.ok?["id"]?.integerValue, "\(text.debugDescription): \(created)")
                let again = try connection.ask("@acme customer.show \(id)")
                XCTAssertEqual(again.ok?["name"], .string(text))
                XCTAssertNil(try ask("note.add", ["customer": "\(id)", "text": text], connection).error)
                XCTAssertEqual(
                    try connection.ask("@acme note.list \(id)").rows.map { $0["text"] }, [.string(text)])
                let found = try ask("customer.list", ["search": text, "limit": "1000"], connection)
                XCTAssertTrue(
                    found.ok?["rows"]?.arrayValue?.contains { $0["id"]?.integerValue == id } ?? false
                        || found.rows.contains { $0["id"]?.integerValue == id },
                    "\(text.debugDescription) finds \(found.rows.count)")
            }
            XCTAssertEqual(try connection.ask("@acme tenant.verify").ok?["ok"], .bool(true))
            XCTAssertNil(daemon.process.end)
        }
    }

    private func ask(
        _ method: String, _ parameters: [String: String], _ connection: ControlConnection
    ) throws -> ClientReply {
        let members = parameters.sorted { $0.key < $1.key }.map { name, value in
            JSON.Member(name: name, value: name == "customer" ? .number(value) : .string(value))
        }
        let request = JSON.object([
            JSON.Member(name: "jsonrpc", value: .string("2.0")), JSON.Member(name: "id", value: .number("1")),
            JSON.Member(name: "method", value: .string(method)),
            JSON.Member(
                name: "params", value: .object([JSON.Member(name: "tenant", value: .string("acme"))] + members)),
        ])
        return try connection.ask(request.text)
    }
}
