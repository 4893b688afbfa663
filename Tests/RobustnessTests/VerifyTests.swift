import ControlClient
import CSQLite
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class VerifyTests: XCTestCase {
    private struct Failure: Error {
        let message: String
    }

    /// What is done to the file, and the report that must tell.
    private static let damages: [(sql: String, report: String)] = [
        ("UPDATE customer SET order_count = 9 WHERE id = 1", "totals"),
        ("UPDATE coupon SET used = 7", "coupons"),
        ("DELETE FROM timeline WHERE seq = 2", "events"),
        ("INSERT INTO delivery (channel, seq) VALUES ('market-stall', 9999)", "events"),
        ("DELETE FROM search_gram WHERE id = (SELECT min(id) FROM search_gram)", "search"),
        ("INSERT INTO search_gram (id, grams) VALUES (77 << 28 | 1, x'000100')", "search"),
        ("DELETE FROM sequence WHERE name = 'note'", "numbering"),
        ("UPDATE sequence SET value = 3 WHERE name = 'customer'", "numbering"),
        ("INSERT INTO note (id, customer_id, text, author, at) VALUES (77, 4711, 'x', 'y', 0)", "foreign_keys"),
    ]

    func testEachDamageIsReportedByItsName() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create acme account.invite=false")
            let connection = try daemon.connect(to: "acme")
            try connection.ok("coupon.create code=SPRING percent=10")
            for number in 0..<1_100 { try connection.send("customer.create name=Customer-\(number)") }
            for _ in 0..<1_100 { XCTAssertNil(try connection.reply().error) }
            try connection.ok(
                "order.register channel=pos customer=1 total=1.00 details={\"register\":\"7\",\"receipt\":\"1\"}")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
            XCTAssertEqual(daemon.stop(), .exited(0))
            let registry = "\(daemon.tenants)/acme/registry.sqlite"
            let sound = try XCTUnwrap(FileManager.default.contents(atPath: registry))

            for damage in Self.damages {
                try sound.write(to: URL(fileURLWithPath: registry))
                try Self.run(damage.sql, on: registry)
                let next = try RunningDaemon(in: daemon.directory)
                let answer = try next.connect().ok("@acme tenant.verify")
                let reports = (answer.objectValue ?? []).filter { $0.value.arrayValue?.isEmpty == false }
                XCTAssertEqual(answer["ok"], .bool(false), damage.sql)
                XCTAssertEqual(reports.map(\.name), [damage.report], damage.sql)
                XCTAssertEqual(next.stop(), .exited(0))
            }
        }
    }

    private static func run(_ sql: String, on path: String) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close(handle) }
        guard sqlite3_open(path, &handle) == SQLITE_OK, sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failure(message: "\(sql): \(String(cString: sqlite3_errmsg(handle)))")
        }
    }
}
