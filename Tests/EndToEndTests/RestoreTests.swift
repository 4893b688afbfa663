import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// What a restore must not undo.
final class RestoreTests: XCTestCase {
    private func restore(_ backup: JSON, _ connection: ControlConnection) throws -> JSON {
        try connection.ok("tenant.restore name=acme backup=\(backup.text("backup") ?? "") confirm=acme")
    }

    /// The same with what is there, and with the ledger alone.
    private func assertAfterRestore(
        _ begin: [String], _ since: [String],
        _ check: (_ report: JSON, ControlConnection, _ isLost: Bool) throws -> Void
    ) throws {
        for isLost in [false, true] {
            try withShop { daemon, connection in
                for line in begin { try connection.ok(line) }
                let backup = try connection.ok("tenant.backup")
                for line in since { try connection.ok(line) }
                guard isLost else { return try check(restore(backup, connection), connection, false) }
                daemon.kill()
                for ending in ["", "-wal", "-shm"] { unlink("\(daemon.tenants)/acme/registry.sqlite\(ending)") }
                let ledger = try String(contentsOfFile: "\(daemon.tenants)/acme/restore.ledger", encoding: .utf8)
                XCTAssertFalse(ledger.contains("example.org") || ledger.contains("owes"), ledger)
                let next = try RunningDaemon(in: daemon.directory)
                defer { next.stop() }

                let report = try restore(backup, next.connect())

                try check(report, next.connect(to: "acme"), true)
            }
        }
    }

    func testWhoWasDeniedSinceStaysDenied() throws {
        let begin = [
            "customer.create name=Ann email=ann@example.org", "customer.create name=Cy email=cy@example.org",
            "customer.create name=Di email=di@example.org", "customer.deny 3 reason=early",
            "customer.deny email=old@example.org reason=early",
        ]
        let since = [
            #"customer.deny 1 reason="owes us""#, "customer.create name=Bo email=bo@example.org", "customer.deny 4",
            "customer.deny email=never@example.org", "customer.deny 2", "customer.allow 2",
            "customer.deny email=sorry@example.org", "customer.allow email=sorry@example.org",
        ]
        try assertAfterRestore(begin, since) { report, connection, isLost in
            XCTAssertEqual(report.number("denied"), 3)
            let ann = try connection.ok("customer.show 1")
            XCTAssertEqual(ann.text("status"), "denied")
            XCTAssertEqual(ann.text("deny_reason"), isLost ? nil : "owes us")
            XCTAssertEqual(try connection.ok("customer.show 2").text("status"), "active")
            for (name, isRefused) in [
                ("ann", true), ("bo", true), ("cy", false), ("di", true), ("never", true), ("old", true),
                ("sorry", false),
            ] {
                let line =
                    #"order.register channel=online-shop ext=\#(name) total=1.00 customer={"email":"\#(name)@example.org"}"#
                let reply = try connection.ask(line)
                XCTAssertEqual(reply.error?.text, isRefused ? "403 denied" : nil, name)
            }
            try connection.ok("customer.allow email=bo@example.org")
            try connection.ok(
                #"order.register channel=online-shop ext=bo2 total=1.00 customer={"email":"bo@example.org"}"#)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
        }
    }

    func testWhoWasErasedSinceIsInNobodysOrdersAgain() throws {
        func order(_ ext: String, _ email: String) -> String {
            #"order.register channel=booking ext=\#(ext) customer={"email":"bo@example.org"} total=1.00 details={"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin","participant":{"name":"Qz \#(email)","email":"\#(email)"}}"#
        }
        let begin = [
            "customer.create name=Qzknown email=known@example.org", order("b1", "known@example.org"),
            order("b2", "Unknown@example.org"), order("b3", "other@example.org"), order("b4", "shared@example.org"),
            "customer.create name=Other email=shared@example.org",
        ]
        let since = [
            "customer.erase 1", "customer.create name=Qzunknown email=unknown@example.org", "customer.erase 4",
            order("b5", "unknown@example.org"),
        ]
        try assertAfterRestore(begin, since) { report, connection, _ in
            XCTAssertEqual(report.number("erased"), 1)
            let left = try ["b1", "b2", "b3", "b4"].map { ext in
                try connection.ok("order.show channel=booking ext=\(ext)")["details"]?["participant"]?.text("email")
            }
            XCTAssertEqual(left, [nil, nil, "other@example.org", "shared@example.org"])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
        }
    }

    func testWhoComesAgainAfterBeingErasedIsNotErasedByAnOlderErasure() throws {
        let again =
            #"order.register channel=events ext=e2 customer={"email":"bo@example.org"} total=1.00 details={"event":"Fair","tickets":[{"type":"day","attendee":{"name":"Again","email":"ann@example.org"}}]}"#
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            try connection.ok("customer.erase 1")
            // Later than the erasure by the second that times are told in.
            let erased = try connection.ok("hello").text("time")
            while try connection.ok("hello").text("time") == erased { usleep(20_000) }
            try connection.ok(again)
            let backup = try connection.ok("tenant.backup")

            let report = try restore(backup, connection)

            XCTAssertEqual(report.number("erased"), 0)
            let details = try connection.ok("order.show channel=events ext=e2")["details"]
            XCTAssertEqual(details?["tickets"]?.arrayValue?.first?["attendee"]?.text("name"), "Again")
        }
    }

    func testAnObjectionIsAddedToTheLedgerAndDoesNotWriteItAnew() throws {
        try withShop { daemon, connection in
            for name in ["ann", "bo", "cy"] {
                let id = try connection.ok("customer.create name=\(name) email=\(name)@example.org").number("id") ?? 0
                try connection.ok("consent.subscribe \(id) wording=v1")
            }
            let path = "\(daemon.tenants)/acme/restore.ledger"
            try connection.ok("consent.unsubscribe 1")
            let first = try Data(contentsOf: URL(fileURLWithPath: path))

            try connection.ok("consent.unsubscribe 2")

            let second = try Data(contentsOf: URL(fileURLWithPath: path))
            XCTAssertTrue(second.starts(with: first))
            XCTAssertGreaterThan(second.count, first.count)
            daemon.kill()
            // A third was being added when the power went.
            try (second + Data(#"{"objected":3,"number":3"#.utf8)).write(to: URL(fileURLWithPath: path))
            let next = try RunningDaemon(in: daemon.directory)
            defer { next.stop() }
            let again = try next.connect(to: "acme")
            try again.ok("consent.unsubscribe 3")
            let ledger = try String(contentsOfFile: path, encoding: .utf8)
            XCTAssertEqual(ledger.components(separatedBy: "\"objected\":3").count, 2, ledger)
        }
    }
}
