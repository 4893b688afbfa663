import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class RestoreKillTests: XCTestCase {
    func testAKillInTheMiddleOfARestoreLeavesOneOfTheTwoFilesWhole() throws {
        try rounds(seed: 11) { daemon, backup in
            _ = try daemon.connect().ask("tenant.restore name=acme backup=\(backup) confirm=acme")
        } check: { connection, _ in
            let names = try Set(connection.rows("@acme customer.list").compactMap { $0.text("name") })
            XCTAssertTrue([["Ann"], ["Ann", "Bo"]].contains(names), "\(names)")
            // What was erased after the backup stays so, whichever of the two it is.
            XCTAssertEqual(try connection.ok("@acme customer.show 2").text("status"), "erased")
        }
    }

    func testAKillInTheMiddleOfABackupLeavesItWholeOrNotThere() throws {
        try rounds(seed: 12) { daemon, _ in
            _ = try daemon.connect().ask("tenant.backup name=acme")
        } check: { connection, backup in
            for row in try connection.rows("tenant.backups name=acme") where row.text("backup") != backup {
                try connection.ok(
                    "tenant.restore name=acme backup=\(row.text("backup") ?? "") confirm=acme")
            }
        }
    }

    func testAKillInTheMiddleOfArchivingAndDeletingLeavesAllOrNothing() throws {
        try rounds(seed: 13) { daemon, _ in
            let connection = try daemon.connect()
            for line in ["archive name=acme", "resume name=acme", "delete name=acme confirm=acme force=true"] {
                _ = try connection.ask("tenant.\(line)")
            }
        } check: { connection, _ in
            let archived = try connection.rows("tenant.list archived=true").count
            if archived == 1 { try connection.ok("tenant.resume name=acme") }
            if try connection.rows("tenant.list").isEmpty {
                try connection.ok("tenant.create acme account.invite=false")
                try connection.ok("@acme customer.create name=Ann")
            }
            XCTAssertFalse(try connection.rows("@acme customer.list").isEmpty)
        }
    }

    /// Kills a daemon somewhere in what is asked of it, and looks with the next one; the tenant, acme, has a backup.
    private func rounds(
        seed: UInt64, _ ask: @escaping @Sendable (RunningDaemon, String) throws -> Void,
        check: (ControlConnection, String) throws -> Void
    ) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<6 {
            try withTemporaryDirectory { directory in
                let daemon = try RunningDaemon(in: directory)
                let first = try daemon.connect()
                try first.ok("tenant.create acme account.invite=false")
                for name in ["Ann", "Dee"] { try first.ok("@acme customer.create name=\(name)") }
                let backup = try XCTUnwrap(first.ok("tenant.backup name=acme").text("backup"))
                try first.ok("@acme customer.erase 2")
                try first.ok("@acme customer.create name=Bo")
                let delay = UInt32(random.below(60_000))
                _ = try concurrently(2) { number in
                    if number == 1 {
                        usleep(delay)
                        daemon.kill()
                    } else {
                        // The daemon is gone before it has answered, or after.
                        try? ask(daemon, backup)
                    }
                }

                let next = try RunningDaemon(in: directory)
                defer { next.stop() }
                XCTAssertFalse(FileManager.default.fileExists(atPath: "\(next.tenants)/.drafts"))
                let connection = try next.connect()
                try check(connection, backup)

                XCTAssertEqual(try connection.ok("@acme tenant.verify")["ok"], .bool(true))
            }
        }
    }
}
