import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class AuditTests: XCTestCase {
    /// The shop's own connection.
    private func staff(_ daemon: RunningDaemon, _ connection: ControlConnection) throws -> ControlConnection {
        let staff = try daemon.connect()
        try staff.ok("auth \(try XCTUnwrap(connection.ok("token.create role=staff label=lena").text("token")))")
        return staff
    }

    /// Verb, actor, count and subject of each entry.
    private func lines(_ connection: ControlConnection, _ arguments: String = "") throws -> [String] {
        try connection.rows("audit.list \(arguments)").map { row in
            "\(row.text("role") ?? "") \(row.text("actor") ?? "") \(row.text("verb") ?? "") "
                + "\(row.number("count") ?? 0) \(row["about"]?.text ?? "")"
        }
    }

    func testTheShopSeesThatTheProviderLookedAtItsCustomers() throws {
        try withShop { daemon, connection in
            let staff = try staff(daemon, connection)
            for name in ["Ann", "Bo", "Cem"] { try staff.ok("customer.create name=\(name)") }
            for id in [2, 1, 2] { try connection.ok("customer.show \(id)") }
            _ = try connection.rows("customer.list")
            let disguised = try daemon.connect(to: "acme", as: "support")
            try disguised.ok("note.add customer=3 text=hello")
            try staff.ok("customer.show 3")

            let lines = try lines(staff)

            XCTAssertEqual(
                Set(lines),
                [
                    #"operator staff:support note.add 1 {"customer":[3]}"#, "operator operator customer.list 1 {}",
                    #"operator operator customer.show 3 {"customer":[1,2]}"#,
                    #"operator operator token.create 1 {"role":"staff","label":"lena"}"#,
                ])
            XCTAssertEqual(try self.lines(staff), lines)
        }
    }

    func testWhoChangesWhoMayDoWhatAndWhoCarriesDataAwayIsNotedWhoeverItIs() throws {
        try withShop { daemon, connection in
            let staff = try staff(daemon, connection)
            try staff.ok("customer.create name=Ann email=ann@example.org")
            let token = try staff.ok("token.create role=channel channel=pos")
            try staff.ok("token.revoke id=\(try XCTUnwrap(token.text("token")))")
            try staff.ok("staff.add name=mia email=mia@example.org")
            try staff.ok("channel.configure pos")
            try staff.ok("channel.disable booking key=once")
            _ = try staff.rows("customer.export format=csv")
            _ = try staff.rows("customer.print id=1 level=authority")
            _ = try staff.rows("customer.print id=1 level=customer")
            _ = try staff.rows("customer.data 1")
            try staff.ok("customer.erase 1")
            try connection.ok("tenant.set title=Other mail.from=shop@example.org tags.max=3")
            XCTAssertEqual(try staff.refusal("staff.remove name=nobody"), "404 no-staff")
            XCTAssertEqual(try staff.refusal("channel.disable fax"), "404 no-channel")

            let lines = try lines(staff)

            let id = try XCTUnwrap(token.text("id"))
            XCTAssertEqual(
                lines,
                [
                    #"operator operator tenant.set 1 {"settings":["title","mail.from","tags.max"]}"#,
                    #"staff staff:lena customer.erase 1 {"customer":[1]}"#,
                    #"staff staff:lena customer.data 1 {"customer":[1]}"#,
                    #"staff staff:lena customer.print 1 {"customer":[1],"level":"authority"}"#,
                    #"staff staff:lena customer.export 1 {"format":"csv"}"#,
                    #"staff staff:lena channel.disable 1 {"channel":"booking"}"#,
                    #"staff staff:lena channel.configure 1 {"channel":"pos","settings":[]}"#,
                    #"staff staff:lena staff.add 1 {"name":"mia"}"#,
                    #"staff staff:lena token.revoke 1 {"token":"\#(id)"}"#,
                    #"staff staff:lena token.create 1 {"role":"channel","channel":"pos"}"#,
                    #"operator operator token.create 1 {"role":"staff","label":"lena"}"#,
                ])
            XCTAssertEqual(try self.lines(staff, "role=operator limit=1"), Array(lines.prefix(1)))
            XCTAssertEqual(try staff.refusal("audit.list role=nobody"), "400 bad-value")
        }
    }

    func testLooksOutliveARestart() throws {
        try withTemporaryDirectory { directory in
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create acme")
            let connection = try daemon.connect(to: "acme")
            for _ in 0..<3 { _ = try connection.rows("customer.list") }
            daemon.stop()
            daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }

            XCTAssertEqual(
                try lines(daemon.connect(to: "acme")),
                ["operator operator audit.list 1 {}", "operator operator customer.list 3 {}"])
        }
    }

    func testOnlyTheShopAndTheOperatorSeeTheAuditLog() throws {
        try withShop { daemon, connection in
            for role in ["channel channel=pos", "portal", "reader"] {
                let client = try daemon.connect()
                try client.ok("auth \(try XCTUnwrap(connection.ok("token.create role=\(role)").text("token")))")
                XCTAssertEqual(try client.refusal("audit.list"), "403 forbidden", role)
            }
        }
    }

    func testWhatTheOperatorDoesToTheHostIsLogged() throws {
        try withShop { daemon, connection in
            try connection.ok("tenant.set tags.max=3")
            try connection.ok("tenant.suspend")
            daemon.stop()

            let acts = daemon.log.split(separator: "\n").filter { $0.contains("operator act") }
            XCTAssertEqual(
                acts.map { String($0) },
                ["tenant.create", "tenant.set", "tenant.suspend"].map { verb in
                    #"{"level":"notice","message":"operator act","tenant":"acme","user":"\#(getuid())","verb":"\#(verb)"}"#
                })
        }
    }
}
