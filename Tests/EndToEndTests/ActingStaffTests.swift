import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// Connections that work in the name of a member of staff.
final class ActingStaffTests: XCTestCase {
    func testOnlyAMemberCanBeNamedButByTheOperator() throws {
        try withShop { daemon, connection in
            try connection.ok("staff.add lena")
            let client = try daemon.connect()
            try client.ok("auth \(try XCTUnwrap(connection.ok("token.create role=staff label=till").text("token")))")

            XCTAssertEqual(try client.ok("use acme as=LENA").text("as"), "lena")
            XCTAssertEqual(try client.refusal("use acme as=omar"), "404 no-staff")
            XCTAssertEqual(try client.ok("whoami").text("actor"), "staff:till/lena")
            XCTAssertEqual(try connection.ok("use acme as=omar").text("as"), "omar")
            try connection.ok("staff.remove lena")
            XCTAssertEqual(try connection.refusal("use acme as=lena"), "404 no-staff")
        }
    }

    func testWhoeverIsRemovedLosesTheRightsOfOpenConnections() throws {
        try withShop { daemon, connection in
            try connection.ok("staff.add lena")
            let asOperator = try daemon.connect(to: "acme", as: "lena")
            let client = try daemon.connect()
            try client.ok("auth \(try XCTUnwrap(connection.ok("token.create role=staff label=till").text("token")))")
            try client.ok("use acme as=lena")
            try asOperator.ok("event.watch")

            try connection.ok("staff.remove Lena")

            for open in [asOperator, client] {
                XCTAssertEqual(try open.refusal("customer.list"), "403 forbidden")
                XCTAssertEqual(try open.refusal("@acme customer.create name=Ann"), "403 forbidden")
                XCTAssertEqual(try open.refusal("batch"), "403 forbidden")
            }
            XCTAssertEqual(try connection.rows("customer.list").count, 0)
            try client.ok("use acme")
            try client.ok("customer.list")
            try connection.ok("staff.add lena")
            XCTAssertEqual(try asOperator.refusal("customer.list"), "403 forbidden")
            try asOperator.ok("use acme as=lena")
            try asOperator.ok("customer.list")
        }
    }

    func testAMemberOfOneTenantIsNobodyInAnother() throws {
        try withShop { daemon, connection in
            try connection.ok("tenant.create other")
            try connection.ok("staff.add lena")
            let lena = try daemon.connect(to: "acme", as: "lena")

            XCTAssertEqual(try lena.ok("@other whoami").text("actor"), "operator")
            XCTAssertEqual(try lena.ok("whoami").text("actor"), "staff:lena")
        }
    }

    func testAUnixUserWhoIsTakenOutLosesTheRightsOfAnOpenConnection() throws {
        guard geteuid() == 0 else { return }
        try withShop { daemon, connection in
            chmod(daemon.directory, 0o755)
            let patronctl = Products.path(of: "patronctl")
            let asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            // The programs may be where nobody else can reach them.
            guard try ChildProcess(asNobody + [patronctl, "--version"]).wait() == .exited(0) else { return }
            try connection.ok("tenant.set staff=nobody")
            let output = "\(daemon.directory)/answers"
            let lines = Pipe()
            let child = try ChildProcess(
                asNobody + [patronctl, "--socket", daemon.socket, "--json", "--tenant", "acme", "-"],
                input: lines.fileHandleForReading.fileDescriptor, output: output, errors: output)
            func answers(_ text: String) throws {
                for _ in 0..<5_000 {
                    if try String(contentsOfFile: output, encoding: .utf8).contains(text) { return }
                    usleep(2_000)
                }
                XCTFail("no answer \(text): \(try String(contentsOfFile: output, encoding: .utf8))")
            }

            lines.fileHandleForWriting.write(Data("whoami\n".utf8))
            try answers(#""role":"staff""#)
            try connection.ok("tenant.set staff=[]")
            lines.fileHandleForWriting.write(Data("customer.create name=Ann\n".utf8))

            try answers(#""slug":"forbidden""#)
            XCTAssertEqual(try connection.rows("customer.list").count, 0)
            child.signal(SIGKILL)
            _ = child.wait()
        }
    }
}
