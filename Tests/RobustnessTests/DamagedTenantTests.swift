import ControlClient
import Foundation
import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class DamagedTenantTests: XCTestCase {
    func testAFileOfANewerProgramIsRefused() throws {
        try withRestart { tenants in
            _ = try Database(
                path: "\(tenants)/acme/registry.sqlite",
                migrations: RegistrySchema.migrations + [
                    Migration("loyalty 1: points", "CREATE TABLE loyalty (id INTEGER PRIMARY KEY) STRICT")
                ])
        } then: { daemon in
            for line in ["customer.list", "customer.create name=Bo", "tenant.verify", "order.list"] {
                let failure = try XCTUnwrap(daemon.connect(to: "acme").ask(line).error)
                XCTAssertEqual(failure.code, 423)
                XCTAssertEqual(failure.slug, "newer-file")
                XCTAssertEqual(
                    failure.message, "the tenant's file was written by a newer version of this program")
            }
        }
    }

    func testADamagedFileIsAnErrorOfItsTenantAlone() throws {
        try withRestart { tenants in
            try Self.overwrite("\(tenants)/acme/registry.sqlite", at: 0)
        } then: { daemon in
            for line in ["customer.list", "customer.create name=Bo", "tenant.verify"] {
                let failure = try XCTUnwrap(daemon.connect(to: "acme").ask(line).error)
                XCTAssertEqual(failure.code, 423)
                XCTAssertEqual(failure.slug, "damaged-file")
                XCTAssertTrue(daemon.log.contains("damaged file"))
            }
        }
    }

    func testAFileDamagedInItsMiddleDoesNotVerify() throws {
        try withRestart { tenants in
            try Self.overwrite("\(tenants)/acme/registry.sqlite", at: 20_480)
        } then: { daemon in
            let connection = try daemon.connect(to: "acme")
            let reply = try connection.ask("tenant.verify")
            XCTAssertNotEqual(reply.ok?["ok"], .bool(true))
            for line in ["customer.list", "customer.create name=Bo", "order.list", "coupon.list", "timeline.list 1"] {
                try connection.send(line)
                _ = try connection.reply()
            }
        }
    }

    func testAnEmptyFileOfATenantThatHadOrdersIsNoCrash() throws {
        try withRestart { tenants in
            XCTAssertEqual(truncate("\(tenants)/acme/registry.sqlite", 1_000), 0)
        } then: { daemon in
            XCTAssertEqual(try daemon.connect(to: "acme").ask("customer.list").error?.slug, "damaged-file")
        }
    }

    func testABrokenConfigurationIsAnErrorOfItsTenantAlone() throws {
        for text in [
            "", "{", "[]", "{\"title\":1}", "\u{0}", "{\"title\":\"x\",\"currency\":\"EUR\",\"country\":\"DE\"}",
        ] {
            try withRestart { tenants in
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(tenants)/acme/tenant.json"))
            } then: { daemon in
                let connection = try daemon.connect()
                let failure = try XCTUnwrap(connection.ask("@acme customer.list").error)
                XCTAssertEqual(failure.code, 423, text)
                XCTAssertEqual(failure.slug, "bad-configuration", text)
                XCTAssertEqual(try connection.ask("use acme").error?.slug, "bad-configuration")
                let names = try connection.ask("tenant.list")
                XCTAssertNil(names.error, "\(names)")
                XCTAssertEqual(names.rows.compactMap { $0["name"]?.stringValue }.contains("other"), true)
            }
        }
    }

    func testAConfigurationWithUnusableValuesIsAnErrorOfItsTenantAlone() throws {
        try withRestart { tenants in
            let path = "\(tenants)/acme/tenant.json"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Data(text.replacing("Europe/Berlin", with: "Mars/Olympus").utf8).write(to: URL(fileURLWithPath: path))
        } then: { daemon in
            let failure = try XCTUnwrap(daemon.connect().ask("@acme customer.list").error)
            XCTAssertEqual(failure.message, "no time zone is called Mars/Olympus")
        }
    }

    func testAFailedCreationRemovesNothingThatWasThere() throws {
        try withRestart { tenants in
            try FileManager.default.removeItem(atPath: "\(tenants)/acme/tenant.json")
            try Self.overwrite("\(tenants)/acme/registry.sqlite", at: 0)
        } then: { daemon in
            let registry = "\(daemon.tenants)/acme/registry.sqlite"
            let before = FileManager.default.contents(atPath: registry)
            XCTAssertNotNil(before)

            XCTAssertEqual(try daemon.connect().ask("tenant.create name=acme").error?.slug, "tenant-exists")

            XCTAssertEqual(FileManager.default.contents(atPath: registry), before)
        }
    }

    /// Damages a tenant, acme, while no daemon runs, and sees that another, other, is served before and afterwards.
    private func withRestart(
        _ damage: (String) throws -> Void, then body: (RunningDaemon) throws -> Void
    ) throws {
        try withTemporaryDirectory { directory in
            let first = try RunningDaemon(in: directory)
            for line in ["tenant.create name=acme", "tenant.create name=other"] {
                XCTAssertNil(try first.connect().ask(line).error)
            }
            for tenant in ["acme", "other"] {
                let connection = try first.connect(to: tenant)
                for number in 0..<20 {
                    let line =
                        "order.register channel=online-shop ext=\(number) customer={\"email\":\"a\(number)@example.org\"} total=1"
                    XCTAssertNil(try connection.ask(line).error)
                }
            }
            XCTAssertEqual(first.stop(), .exited(0))
            try damage(first.tenants)
            let daemon = try RunningDaemon(in: directory)
            let other = try daemon.connect(to: "other")
            XCTAssertEqual(try other.ask("order.list").rows.count, 20)

            try body(daemon)

            XCTAssertNil(try other.ask("order.register channel=online-shop ext=after total=1").error)
            XCTAssertEqual(try other.ask("tenant.verify").ok?["ok"], .bool(true))
            XCTAssertNil(daemon.process.end)
        }
    }

    /// Puts 8 KiB of nonsense into a file.
    private static func overwrite(_ path: String, at offset: UInt64) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 8_192))
        try file.close()
    }
}
