import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class BackupTests: XCTestCase {
    private func backup(_ connection: ControlConnection) throws -> String {
        try XCTUnwrap(connection.ok("tenant.backup").text("backup"))
    }

    func testABackupIsAFileWithAManifestBesideItAndTheOldestGo() throws {
        try withShop("account.invite=false backup.keep=2") { daemon, connection in
            try connection.ok("customer.create name=Ann")
            let names = try (0..<3).map { _ in try backup(connection) }

            let listed = try connection.rows("tenant.backups")

            XCTAssertEqual(listed.compactMap { $0.text("backup") }, Array(names.suffix(2)))
            XCTAssertEqual(listed.map { $0.number("customers") }, [1, 1])
            let folder = "\(daemon.tenants)/acme/backup"
            XCTAssertEqual(
                try Set(FileManager.default.contentsOfDirectory(atPath: folder)),
                Set(names.suffix(2).flatMap { ["\($0).sqlite", "\($0).json"] }))
            let manifest = try JSON(
                parsing: Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(names[2]).json"))))
            XCTAssertEqual(manifest["sha256"], listed[1]["sha256"])
            XCTAssertEqual(manifest["counts"]?.number("customer"), 1)
            XCTAssertEqual(manifest["configuration"]?.text("currency"), "EUR")
            XCTAssertTrue(manifest["schema"]?.arrayValue?.contains(.string("tokens 1: access")) ?? false)
            XCTAssertEqual(
                try FileManager.default.attributesOfItem(atPath: "\(folder)/\(names[2]).sqlite")[.posixPermissions]
                    as? Int, 0o600)
        }
    }

    func testARestoreBringsBackWhatWasThereAndKeepsWhatIs() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            let old = try backup(connection)
            try connection.ok("customer.create name=Bo")

            let report = try connection.ok("tenant.restore name=acme backup=\(old) confirm=acme")

            XCTAssertEqual(try connection.rows("customer.list").compactMap { $0.text("name") }, ["Ann"])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
            XCTAssertEqual(try connection.rows("event.list").last?.text("topic"), "tenant.restored")
            let kept = try XCTUnwrap(report.text("kept"))
            XCTAssertEqual(try connection.rows("tenant.backups").map { $0.text("reason") }, ["asked", "replaced"])
            try connection.ok("customer.create name=Cy")
            try connection.ok("tenant.restore name=acme backup=\(kept) confirm=acme")
            XCTAssertEqual(
                try Set(connection.rows("customer.list").compactMap { $0.text("name") }), ["Ann", "Bo"])
        }
    }

    func testErasedPeopleStayErasedAndObjectionsStay() throws {
        try withShop { daemon, connection in
            for name in ["ann", "bo", "cy"] {
                let id = try connection.ok("customer.create name=\(name) email=\(name)@example.org").number("id") ?? 0
                try connection.ok("consent.subscribe \(id) wording=v1")
            }
            let token = try connection.ok("token.create role=reader")
            let old = try backup(connection)
            try connection.ok("customer.erase 1")
            try connection.ok("consent.unsubscribe 2")
            try connection.ok("token.revoke id=\(token.text("id") ?? "")")

            let report = try connection.ok("tenant.restore name=acme backup=\(old) confirm=acme")

            XCTAssertEqual(report.number("erased"), 1)
            XCTAssertEqual(report.number("objected"), 1)
            XCTAssertEqual(try connection.ok("customer.show 1").text("status"), "erased")
            XCTAssertEqual(try connection.ok("customer.show 2")["subscribed"], .bool(false))
            XCTAssertEqual(try connection.ok("customer.show 3")["subscribed"], .bool(true))
            XCTAssertEqual(
                try daemon.connect().refusal("auth \(token.text("token") ?? "")"), "403 forbidden")
        }
    }

    func testTheLedgerHoldsAlsoWhenTheFileIsLost() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            try connection.ok("customer.create name=Bo email=bo@example.org")
            try connection.ok("consent.subscribe 2 wording=v1")
            let old = try backup(connection)
            try connection.ok("customer.erase 1")
            try connection.ok("consent.unsubscribe 2")
            daemon.kill()
            for ending in ["", "-wal", "-shm"] { unlink("\(daemon.tenants)/acme/registry.sqlite\(ending)") }
            let ledger = try String(contentsOfFile: "\(daemon.tenants)/acme/restore.ledger", encoding: .utf8)
            XCTAssertFalse(ledger.contains("example.org") || ledger.contains("Ann"), ledger)

            let next = try RunningDaemon(in: daemon.directory)
            defer { next.stop() }
            let operator_ = try next.connect()
            XCTAssertEqual(try operator_.refusal("@acme customer.list"), "423 missing-file")
            let report = try operator_.ok("tenant.restore name=acme backup=\(old) confirm=acme")

            XCTAssertEqual(report["kept"], .null)
            XCTAssertEqual(try operator_.ok("@acme customer.show 1").text("status"), "erased")
            XCTAssertEqual(try operator_.ok("@acme customer.show 2")["subscribed"], .bool(false))
        }
    }

    func testAnOlderFilePutInPlaceByHandBringsNobodyBack() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            let old = try backup(connection)
            try connection.ok("customer.erase 1")
            XCTAssertEqual(daemon.stop(), .exited(0))
            let folder = "\(daemon.tenants)/acme"
            try FileManager.default.removeItem(atPath: "\(folder)/registry.sqlite")
            try FileManager.default.copyItem(
                atPath: "\(folder)/backup/\(old).sqlite", toPath: "\(folder)/registry.sqlite")

            let next = try RunningDaemon(in: daemon.directory)
            defer { next.stop() }

            XCTAssertEqual(try next.connect().ok("@acme customer.show 1").text("status"), "erased")
        }
    }

    func testABrokenFileIsKeptAsItIsAndReplaced() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            let old = try backup(connection)
            XCTAssertEqual(daemon.stop(), .exited(0))
            let registry = "\(daemon.tenants)/acme/registry.sqlite"
            try Data("this is no database".utf8).write(to: URL(fileURLWithPath: registry))

            let next = try RunningDaemon(in: daemon.directory)
            defer { next.stop() }
            let bound = try next.connect(to: "acme")
            XCTAssertEqual(try bound.refusal("customer.list"), "423 damaged-file")
            try bound.ok("tenant.restore name=acme backup=\(old) confirm=acme")

            XCTAssertEqual(try bound.rows("customer.list").count, 1)
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(daemon.tenants)/acme/backup")
            XCTAssertEqual(files.count { $0.hasSuffix(".broken") }, 1)
        }
    }

    func testWhatCannotBeRestoredChangesNothing() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            let old = try backup(connection)
            try connection.ok("customer.create name=Bo")
            let file = try FileHandle(
                forWritingTo: URL(fileURLWithPath: "\(daemon.tenants)/acme/backup/\(old).sqlite"))
            try file.seek(toOffset: 20_000)
            try file.write(contentsOf: Data("changed".utf8))
            try file.close()

            for (line, refusal) in [
                ("backup=\(old) confirm=acme", "422 damaged-backup"),
                ("backup=20200101T000000Z confirm=acme", "404 no-backup"),
                ("backup=../../x confirm=acme", "404 no-backup"),
                ("backup=\(old) confirm=acne", "400 bad-value"),
            ] {
                XCTAssertEqual(try connection.refusal("tenant.restore name=acme \(line)"), refusal, line)
            }

            XCTAssertEqual(try connection.rows("customer.list").count, 2)
            XCTAssertEqual(try connection.rows("tenant.backups").count, 1)
            XCTAssertEqual(
                try FileManager.default.contentsOfDirectory(atPath: "\(daemon.tenants)/.drafts"), [])
        }
    }

    func testMailsThatMayHaveGoneOutSinceAreNotSentAgain() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            try connection.ok("message.send customer=1 subject=One text=Hi")
            try connection.ok("message.send customer=1 subject=Two text=Hi")
            let old = try backup(connection)
            try connection.ok("message.cancel 1")

            XCTAssertEqual(
                try connection.ok("tenant.restore name=acme backup=\(old) confirm=acme").number("mails"), 1)

            XCTAssertEqual(
                try Dictionary(
                    connection.rows("message.outbox").map { ($0.number("id") ?? 0, $0.text("state") ?? "") }
                ) { $1 }, [1: "uncertain", 2: "held"])
        }
    }

    func testATokenMadeAfterTheBackupOpensNothingAnyMore() throws {
        try withShop { daemon, connection in
            let old = try backup(connection)
            let client = try daemon.connect()
            try client.ok("auth \(connection.ok("token.create role=staff").text("token") ?? "")")
            try client.ok("customer.create name=Ann")

            try connection.ok("tenant.restore name=acme backup=\(old) confirm=acme")

            XCTAssertEqual(try client.refusal("customer.list"), "403 forbidden")
        }
    }
}
