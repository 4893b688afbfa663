import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class TenantArchiveTests: XCTestCase {
    func testAnArchivedTenantIsListedApartAndComesBackWhole() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            let staff = try daemon.connect()
            try staff.ok("auth \(connection.ok("token.create role=staff").text("token") ?? "")")
            let root = try daemon.connect()

            try root.ok("tenant.archive name=acme")

            XCTAssertEqual(try root.rows("tenant.list"), [])
            XCTAssertEqual(try root.rows("tenant.list archived=true").map { $0.text("name") }, ["acme"])
            XCTAssertEqual(try connection.refusal("customer.list"), "423 archived")
            XCTAssertEqual(try staff.refusal("customer.list"), "423 archived")
            XCTAssertEqual(try root.refusal("tenant.archive name=acme"), "423 archived")
            XCTAssertEqual(try root.refusal("tenant.create acme"), "409 tenant-exists")
            XCTAssertEqual(try connection.ok("tenant.resume")["suspended"], .bool(false))
            for client in [connection, staff] { XCTAssertEqual(try client.rows("customer.list").count, 1) }
            XCTAssertEqual(try root.rows("tenant.list archived=true"), [])
        }
    }

    func testADeletedTenantLeavesNothingBehind() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            try connection.ok("tenant.backup")
            let staff = try daemon.connect()
            try staff.ok("auth \(connection.ok("token.create role=staff").text("token") ?? "")")
            let root = try daemon.connect()
            XCTAssertEqual(try root.refusal("tenant.delete name=acme confirm=acme"), "409 not-archived")
            try root.ok("tenant.archive name=acme")
            XCTAssertEqual(try root.refusal("tenant.delete name=acme confirm=other"), "400 bad-value")
            XCTAssertEqual(try root.refusal("tenant.delete name=nobody confirm=nobody"), "404 no-tenant")

            try root.ok("tenant.delete name=acme confirm=acme")

            XCTAssertEqual(try connection.refusal("customer.list"), "404 no-tenant")
            XCTAssertEqual(try staff.refusal("customer.list"), "404 no-tenant")
            let enumerator = FileManager.default.enumerator(atPath: daemon.tenants)
            let left = (enumerator?.allObjects as? [String] ?? []).filter { $0.contains("acme") }
            XCTAssertEqual(left, [])
            try root.ok("tenant.create acme")
            XCTAssertEqual(try staff.refusal("customer.list"), "403 forbidden")
            XCTAssertEqual(try root.rows("@acme customer.list"), [])
        }
    }

    func testBackupsThatAreKeptBringADeletedTenantBack() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            let backup = try connection.ok("tenant.backup").text("backup") ?? ""
            let root = try daemon.connect()

            try root.ok("tenant.delete name=acme confirm=acme force=true keep_backups=true")

            XCTAssertEqual(try root.rows("tenant.list archived=true").map { $0.number("backups") }, [1])
            XCTAssertEqual(try root.refusal("tenant.resume name=acme"), "423 missing-file")
            try root.ok("tenant.restore name=acme backup=\(backup) confirm=acme")
            try root.ok("tenant.resume name=acme")
            XCTAssertEqual(try connection.rows("customer.list").count, 1)
        }
    }

    func testWhoWatchesATenantThatGoesIsDisconnected() throws {
        try withShop { daemon, connection in
            let watcher = try daemon.connect(to: "acme")
            try watcher.ok("event.watch")

            try daemon.connect().ok("tenant.archive name=acme")

            XCTAssertThrowsError(try watcher.ask("whoami"))
        }
    }
}
