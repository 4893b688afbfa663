import CSQLite
import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// Tenants as earlier releases left them.
final class OldTenantTests: XCTestCase {
    private struct Failure: Error {
        let message: String
    }

    /// A daemon of today on a tenant `acme` made of a dump in Tests/Fixtures.
    private func withTenant(_ dump: String, _ body: (RunningDaemon, ControlConnection) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let folder = "\(directory)/tenants/acme"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Fixtures")
            let sql = try String(contentsOf: fixtures.appendingPathComponent(dump), encoding: .utf8)
            try Self.run(sql, on: "\(folder)/registry.sqlite")
            let configuration = """
                {"channels":{},"country":"DE","created_at":"2026-11-22T08:47:44Z","currency":"EUR","locale":"de",\
                "settings":{},"staff":[],"suspended":false,"time_zone":"Europe/Berlin","title":"Acme"}
                """
            try Data(configuration.utf8).write(to: URL(fileURLWithPath: "\(folder)/tenant.json"))
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            try body(daemon, try daemon.connect(to: "acme"))
        }
    }

    private static func run(_ sql: String, on path: String) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close(handle) }
        guard sqlite3_open(path, &handle) == SQLITE_OK,
            sqlite3_exec(handle, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL;" + sql, nil, nil, nil)
                == SQLITE_OK
        else { throw Failure(message: String(cString: sqlite3_errmsg(handle))) }
    }

    func testAFileOfTheFirstReleaseOpensWithAllThatWasInIt() throws {
        try withTenant("first-schema.sql") { _, connection in
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
            let ann = try connection.ok("customer.show 1")
            XCTAssertEqual(ann["name"]?.stringValue, "Ann Öz")
            XCTAssertEqual(ann["email"]?.stringValue, "Ann@Example.org")
            XCTAssertEqual(ann["orders"], .number("2"))
            XCTAssertEqual(ann["totals"], .object([.init(name: "EUR", value: .string("43.50"))]))
            XCTAssertEqual(ann["tags"], .array([.string("New"), .string("VIP")]))
            XCTAssertEqual(ann["subscribed"], .bool(true))
            XCTAssertEqual(try connection.ok("customer.show 3")["status"]?.stringValue, "denied")
            XCTAssertEqual(try connection.ok("coupon.show Ten")["used"], .number("1"))
            XCTAssertEqual(try connection.rows("note.list 1").map { $0["text"]?.stringValue }, ["likes tea"])
            XCTAssertEqual(try connection.ok("order.show 1")["lines"]?.arrayValue?.count, 1)
            XCTAssertEqual(try connection.rows("timeline.list 1").count, 9)
            XCTAssertEqual(
                try connection.ok("consent.show 1")["evidence"]?.arrayValue?.map { $0["wording"]?.stringValue }, ["v1"])
            for (search, ids) in [("oez", [1]), ("isik", [2]), ("vip", [1, 2]), ("4930999", [3])] as [(String, [Int])] {
                XCTAssertEqual(
                    try connection.rows("customer.list search=\(search)").map { $0["id"] },
                    ids.map { .number(String($0)) }, search)
            }
        }
    }

    func testAFileOfTheFirstReleaseWorksOnAsANewOneDoes() throws {
        try withTenant("first-schema.sql") { daemon, connection in
            let sale = """
                order.register channel=pos ext=till-7:1 customer={"email":"ann@example.org","name":"Ann Öz"} \
                lines=[{"sku":"MUG","name":"Mug","quantity":2,"unit_price":"7.50","tax_rate":"19"}] coupon=ten \
                details={"register":"7","receipt":"1"}
                """
            XCTAssertEqual(try connection.ok(sale)["existing"], .bool(true))
            XCTAssertEqual(
                try daemon.connect(to: "acme", as: "lena").ok("tag.assign customer=1 tag=New key=k1")["replayed"],
                .bool(true))
            XCTAssertEqual(
                try connection.ask("order.register channel=online-shop ext=2 customer=3 total=1 currency=EUR").error?
                    .slug,
                "denied")
            try connection.ok("customer.merge into=1 from=2")
            XCTAssertEqual(try connection.ok("customer.show 1")["orders"], .number("2"))
            try connection.ok("customer.unmerge 2")
            XCTAssertEqual(try connection.ok("customer.create name=New")["id"], .number("5"))
            try connection.ok("customer.purge-tests expect=1")
            XCTAssertEqual(
                try connection.ok("order.register channel=online-shop ext=3 customer=1 total=1 currency=EUR")["order"],
                .number("6"))
            // A sale from before there were receipts comes back like any other.
            let back = try connection.ok(
                #"pos.refund order=1 at_receipt=R1 lines=[{"sku":"MUG","quantity":1}]"#)
            XCTAssertEqual(back["total"], .string("-6.75"))
            XCTAssertEqual(
                try connection.refusal(#"pos.refund order=1 at_receipt=R2 lines=[{"sku":"MUG","quantity":2}]"#),
                "409 return-exceeds-sale")
            XCTAssertEqual(try connection.refusal("order.cancel 1"), "409 has-returns")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
        }
    }
}
