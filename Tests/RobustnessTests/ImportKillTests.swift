import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class ImportKillTests: XCTestCase {
    private static let people: Int64 = 12_000

    /// A table of people, behind it blank lines that make it a big one for whoever counts lines.
    private func table() -> String {
        var text = "Name,E-Mail,Phone\n"
        for number in 1...Self.people {
            text +=
                "Müller \(number * 7 % 9_973),p\(number * 7_919 % 104_729)@example.org,+49151\(10_000_000 + number)\n"
        }
        return text + String(repeating: "\n", count: 50_000)
    }

    private func upload(_ text: String, to connection: ControlConnection) throws {
        try connection.ok("upload.begin")
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: 256 << 10) {
            let piece = Data(bytes[start..<min(start + 256 << 10, bytes.count)])
            try connection.ok("upload.append u1 data=\(piece.base64EncodedString())")
        }
    }

    /// Kills the daemon once so many customers are known to be entered.
    private func importUntilKilled(_ text: String, _ daemon: RunningDaemon) throws -> Int64 {
        let client = try RawClient(daemon.socket)
        client.write("use acme\nupload.begin\n")
        let bytes = Array(text.utf8)
        var lines = 2
        for start in stride(from: 0, to: bytes.count, by: 256 << 10) {
            let piece = Data(bytes[start..<min(start + 256 << 10, bytes.count)])
            client.write("upload.append u1 data=\(piece.base64EncodedString())\n")
            lines += 1
        }
        _ = client.readLines(lines)
        client.write("customer.import upload=u1\n")
        let progress = try XCTUnwrap(client.readLine())
        daemon.kill()
        return try XCTUnwrap(try JSON(parsing: String(progress.dropFirst(2))).number("done"))
    }

    func testAnImportThatIsKilledLeavesWholeCustomersAndCanBeCompletedAndUndone() throws {
        try withTemporaryDirectory { directory in
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
            let text = table()
            let told = try importUntilKilled(text, daemon)
            daemon = try RunningDaemon(in: directory)
            let connection = try daemon.connect(to: "acme")

            let batch = try XCTUnwrap(try connection.rows("customer.imports").first)

            XCTAssertEqual(batch.text("state"), "interrupted")
            let created = try XCTUnwrap(batch.number("created"))
            XCTAssertGreaterThanOrEqual(created, told)
            XCTAssertLessThan(created, Self.people)
            XCTAssertEqual(try connection.ok("customer.list count=true limit=1").number("count"), created)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
            let last = try connection.ok("customer.show \(created)")
            for find in ["email=\(try XCTUnwrap(last.text("email")))", "phone=\(try XCTUnwrap(last.text("phone")))"] {
                XCTAssertEqual(try connection.rows("customer.find \(find)").map { $0.number("id") }, [created], find)
            }
            let found = try connection.rows("customer.list search=\(try XCTUnwrap(last.text("email")))")
            XCTAssertEqual(found.map { $0.number("id") }, [created])
            let names = try connection.rows("customer.list sort=name limit=1000").compactMap { $0.text("name") }
            XCTAssertEqual(names, names.sorted())

            try upload(text, to: connection)
            let again = try connection.ok("customer.import upload=u1")

            XCTAssertEqual(again.number("created"), Self.people - created)
            XCTAssertEqual(again.number("unchanged"), created)
            XCTAssertEqual(try connection.ok("customer.list count=true limit=1").number("count"), Self.people)
            XCTAssertEqual(try connection.ok("customer.undo-import 1").number("removed"), created, daemon.log)
            XCTAssertEqual(try connection.ok("customer.list count=true limit=1").number("count"), Self.people - created)
            let verdict = try connection.ok("tenant.verify")
            XCTAssertEqual(verdict["ok"], .bool(true), verdict.text)
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }
}
