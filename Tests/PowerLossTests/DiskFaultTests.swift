import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// A disk that fails on the files of one tenant.
final class DiskFaultTests: XCTestCase {
    func testALogThatCannotBeSyncedStopsItsTenantAloneUntilItIsResumed() throws {
        try withShops { shops in
            try shops.connection.ok("@acme customer.create name=Dee")
            try shops.fail("sync acme/registry.sqlite-wal")

            XCTAssertEqual(try shops.connection.refusal("@acme customer.erase 1 confirm=1"), "423 stopped")

            for line in ["customer.list", "customer.create name=Bo", "tenant.verify", "tenant.backup"] {
                XCTAssertEqual(try shops.connection.refusal("@acme \(line)"), "423 stopped", line)
            }
            try shops.connection.ok("@other customer.create name=Bo")
            try shops.heal()
            XCTAssertEqual(try shops.connection.refusal("@acme customer.list"), "423 stopped")
            try shops.connection.ok("tenant.resume name=acme")
            // Whether Ann is erased nobody was told.
            XCTAssertEqual(try shops.connection.ok("@acme customer.show 2").text("name"), "Dee")
            try shops.connection.ok("@acme customer.create name=Cy")
            XCTAssertEqual(try shops.connection.ok("@acme tenant.verify")["ok"], .bool(true))
        }
    }

    func testWhatTheJournalHasOfAStoppedTenantIsKeptUntilItIsResumed() throws {
        try withShops { shops in
            try shops.fail("sync acme/registry.sqlite-wal")
            var answered: [String] = []
            // The journal goes on until it wants to let go of what is only there and in the log.
            for number in 0..<2_000 {
                try shops.connection.ok("@other customer.create name=Other")
                let line = "@acme order.register channel=online-shop ext=\(number) total=1.00"
                let reply = try shops.connection.ask(line)
                guard reply.ok != nil else {
                    XCTAssertEqual(reply.error?.text, "423 stopped")
                    break
                }
                answered.append("\(number)")
            }
            for _ in 0..<200 { try shops.connection.ok("@other customer.create name=Other") }
            XCTAssertGreaterThan(answered.count, 5)
            shops.daemon.kill()
            // The log was never synced: the disk has nothing of it.
            for end in ["-wal", "-shm"] { unlink("\(shops.daemon.tenants)/acme/registry.sqlite\(end)") }

            let next = try RunningDaemon(in: shops.daemon.directory, options: Shops.options)
            let connection = try next.connect()
            XCTAssertEqual(try connection.refusal("@acme order.list"), "423 stopped")
            XCTAssertGreaterThan(try connection.allRows("@other customer.list").count, 200)
            try connection.ok("tenant.resume name=acme")

            let exts = try connection.allRows("@acme order.list").compactMap { $0.text("ext") }
            XCTAssertEqual(Set(answered).subtracting(exts), [])
            XCTAssertEqual(try connection.ok("@acme tenant.verify")["ok"], .bool(true))
            XCTAssertEqual(next.stop(), .exited(0))
        }
    }

    func testAFileThatCannotBeReadStopsItsTenantAloneAndIsLeftAsItIs() throws {
        try withShops { shops in
            XCTAssertEqual(shops.daemon.stop(), .exited(0))
            try shops.fail("read acme/registry.sqlite")
            let next = try shops.restart()
            let connection = try next.connect()

            XCTAssertEqual(try connection.refusal("@acme customer.list"), "423 stopped")
            XCTAssertEqual(try connection.refusal("tenant.resume name=acme"), "423 stopped")
            try connection.ok("@other customer.create name=Bo")
            try shops.heal()
            try connection.ok("tenant.resume name=acme")

            XCTAssertEqual(try connection.rows("@acme customer.list").count, 1)
            XCTAssertEqual(next.stop(), .exited(0))
        }
    }

    func testAStoppedTenantCanBeRestoredInstead() throws {
        try withShops { shops in
            let backup = try shops.connection.ok("tenant.backup name=acme").text("backup") ?? ""
            try shops.fail("sync acme/registry.sqlite-wal")
            XCTAssertEqual(try shops.connection.refusal("@acme customer.erase 1 confirm=1"), "423 stopped")
            try shops.heal()

            try shops.connection.ok("tenant.restore name=acme backup=\(backup) confirm=acme")

            try shops.connection.ok("@acme customer.create name=Cy")
            XCTAssertEqual(try shops.connection.ok("@acme tenant.verify")["ok"], .bool(true))
        }
    }

    func testAJournalThatCannotBeSyncedEndsTheDaemonAndNothingIsAnswered() throws {
        try withShops { shops in
            try shops.fail("sync .journal")

            XCTAssertThrowsError(try shops.connection.ok("@acme customer.create name=Bo")) { error in
                XCTAssertEqual(error as? ClientError, .connectionLost)
            }

            XCTAssertNotEqual(shops.daemon.wait(), .exited(0))
            try shops.heal()
            let next = try shops.restart()
            XCTAssertEqual(try next.connect().ok("@acme tenant.verify")["ok"], .bool(true))
            XCTAssertEqual(next.stop(), .exited(0))
        }
    }

    private func withShops(_ body: (Shops) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            let shops = try Shops(in: URL(fileURLWithPath: folder).resolvingSymlinksInPath().path)
            try body(shops)
            shops.daemon.stop()
        }
    }
}

/// A daemon with two tenants, acme and other, each with a customer, whose disk fails where a test wants.
private struct Shops {
    static let options = ["--journal", "16384"]

    let daemon: RunningDaemon
    let connection: ControlConnection

    init(in folder: String) throws {
        daemon = try Self.start(in: folder)
        connection = try daemon.connect()
        for name in ["acme", "other"] {
            try connection.ok("tenant.create \(name) account.invite=false")
            try connection.ok("@\(name) customer.create name=Ann")
        }
    }

    func restart() throws -> RunningDaemon { try Self.start(in: daemon.directory) }

    func fail(_ fault: String) throws {
        try "\(fault)\n".write(toFile: "\(daemon.directory)/faults", atomically: true, encoding: .utf8)
    }

    func heal() throws { try FileManager.default.removeItem(atPath: "\(daemon.directory)/faults") }

    private static func start(in folder: String) throws -> RunningDaemon {
        try RunningDaemon(
            in: folder,
            environment: [
                "LD_PRELOAD": Products.path(of: "libPowerTrace.so"), "POWER_ROOT": "\(folder)/tenants",
                "POWER_FAIL": "\(folder)/faults",
            ], options: options)
    }
}
