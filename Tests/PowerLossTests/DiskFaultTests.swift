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

    func testWhatIsKeptOfAStoppedTenantIsNobodyElsesAndGoesWhenItIsResumed() throws {
        try withShops { shops in
            try shops.connection.ok("@other customer.create name=Quizzical")
            try shops.connection.ok("@acme customer.create name=Whimsical")
            try shops.fail("sync acme/registry.sqlite-wal")
            try fill(shops, "other", 100)
            XCTAssertEqual(try shops.connection.refusal("@acme customer.list"), "423 stopped")

            let kept = try shops.kept()

            XCTAssertTrue(kept.values.contains { $0.range(of: Data("Whimsical".utf8)) != nil })
            XCTAssertFalse(kept.values.contains { $0.range(of: Data("Quizzical".utf8)) != nil })
            let told = try shops.connection.ok("stats")["kept"]?.arrayValue ?? []
            XCTAssertEqual(told.map { $0.text("tenant") }, ["acme"])
            try shops.heal()
            try shops.connection.ok("tenant.resume name=acme")
            XCTAssertEqual(try shops.kept(), [:])
            XCTAssertEqual(try shops.connection.ok("stats")["kept"], .array([]))
        }
    }

    func testAResumedTenantIsSyncedAgainBeforeTheJournalLetsGoOfItsChanges() throws {
        try withShops { shops in
            try shops.fail("sync acme/registry.sqlite-wal")
            XCTAssertEqual(try shops.connection.refusal("@acme customer.erase 1 confirm=1"), "423 stopped")
            try shops.heal()
            try shops.connection.ok("tenant.resume name=acme")

            try fill(shops, "acme", 200)
            try fill(shops, "other", 100)

            // Whatever is not in the journal any more is on the disk, so that nothing has to be kept.
            XCTAssertEqual(try shops.kept(), [:])
            try shops.fail("sync acme/registry.sqlite-wal")
            try fill(shops, "acme", 5)
            try fill(shops, "other", 100)
            XCTAssertEqual(try shops.connection.refusal("@acme customer.list"), "423 stopped")
            try shops.heal()
            try shops.connection.ok("tenant.resume name=acme")
            XCTAssertEqual(try shops.connection.allRows("@acme customer.list limit=1000").count, 205)
        }
    }

    func testNothingIsKeptOfAStoppedTenantThatIsRestoredOrDeleted() throws {
        for line in [
            "tenant.restore name=acme backup=BACKUP confirm=acme", "tenant.delete name=acme confirm=acme force=true",
        ] {
            try withShops { shops in
                let backup = try shops.connection.ok("tenant.backup name=acme").text("backup") ?? ""
                try shops.connection.ok("@acme customer.create name=Whimsical")
                try shops.fail("sync acme/registry.sqlite-wal")
                try fill(shops, "other", 100)
                XCTAssertEqual(try shops.connection.refusal("@acme customer.list"), "423 stopped")
                try shops.heal()

                try shops.connection.ok(line.replacingOccurrences(of: "BACKUP", with: backup))

                try fill(shops, "other", 100)
                XCTAssertEqual(try shops.kept(), [:], line)
            }
        }
    }

    /// So many changes that the journal wants to let go of older ones.
    private func fill(_ shops: Shops, _ tenant: String, _ count: Int) throws {
        for number in 0..<count {
            try shops.connection.ok("@\(tenant) customer.create name=\"Nobody \(number)\"")
        }
    }
}
