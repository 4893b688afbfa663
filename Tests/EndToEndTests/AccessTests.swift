import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class AccessTests: XCTestCase {
    func testEveryRoleMayUseExactlyTheVerbsOfItsSchema() throws {
        try withShop { daemon, connection in
            let schema = try connection.rows("schema")
            let others = try connection.rows("channel.list").compactMap { $0.text("channel") }.filter { $0 != "pos" }
            for (role, arguments) in [
                ("staff", ""), ("channel", " channel=pos"), ("portal", ""), ("reader", ""),
            ] {
                let client = try daemon.connect()
                try client.ok("auth \(try Self.token(connection, role, arguments))")
                XCTAssertEqual(try client.ok("whoami").text("role"), role)
                for verb in schema {
                    let name = verb.text("verb") ?? ""
                    let roles = verb["roles"]?.arrayValue?.compactMap(\.stringValue) ?? []
                    let refusal = try client.ask("check \(name)").error?.text
                    if role == "channel", others.contains(where: { name.hasPrefix("\($0).") }) {
                        // What is missing may be said before whose it is.
                        XCTAssertTrue(["403 forbidden", "400 missing-argument"].contains(refusal), name)
                        continue
                    }
                    XCTAssertEqual(refusal == "403 forbidden", !roles.contains(role), "\(role) \(name)")
                }
            }
        }
    }

    func testATokenOfAChannelIsForThatChannelAlone() throws {
        try withShop { daemon, connection in
            try connection.ok("order.register channel=online-shop ext=1 customer={\"email\":\"a@b.de\"} total=1.00")
            let client = try daemon.connect()
            try client.ok("auth \(try Self.token(connection, "channel", " channel=pos"))")
            let line = #"ext=1 customer=1 total=2.00 details={"register":"7","receipt":"1"}"#

            try client.ok("order.register channel=pos \(line)")

            XCTAssertEqual(try client.refusal("order.register channel=manual \(line)"), "403 forbidden")
            XCTAssertEqual(try client.refusal("order.show 1"), "404 no-order")
            XCTAssertEqual(try client.refusal("order.cancel channel=online-shop ext=1"), "404 no-order")
            XCTAssertEqual(try client.rows("order.list").map { $0.text("channel") }, ["pos"])
            XCTAssertEqual(try client.refusal("order.list channel=online-shop"), "403 forbidden")
            XCTAssertEqual(try client.refusal("consent.subscribe customer=1 channel=booking"), "403 forbidden")
            let entry = try connection.rows("timeline.list 1").first
            XCTAssertEqual(entry?.text("actor"), "channel:pos")
        }
    }

    func testAForeignAndAnUnknownTenantLookTheSame() throws {
        try withShop { daemon, connection in
            try connection.ok("tenant.create other")
            let token = try Self.token(connection, "staff", "")
            let foreign = try Self.token(try daemon.connect(to: "other"), "staff", "")
            let client = try daemon.connect()
            try client.ok("auth \(token)")
            let lines = [
                "use other", "use missing", "use ../acme", "use ..", "use /etc", "use Acme", "@other whoami",
                "@missing whoami", "@../x whoami", "@.. hello", "tenant.show name=other", "tenant.show name=missing",
                "tenant.show name=../x", "auth \(foreign)x", "auth missing.0000.0000", "auth nonsense",
                #"{"jsonrpc":"2.0","id":1,"method":"whoami","params":{"tenant":"other"}}"#,
                #"{"jsonrpc":"2.0","id":1,"method":"whoami","params":{"tenant":"../x"}}"#,
            ]
            for line in lines {
                let error = try client.ask(line).error
                XCTAssertEqual(error?.text, "403 forbidden", line)
                XCTAssertEqual(error?.message, "you may not do this here", line)
            }
            XCTAssertEqual(try client.ok("whoami").text("tenant"), "acme")
            try connection.ok("staff.add lena")
            XCTAssertEqual(try client.ok("use acme as=lena").text("role"), "staff")
            XCTAssertEqual(
                try FileManager.default.contentsOfDirectory(atPath: daemon.tenants).sorted().filter {
                    !$0.hasPrefix(".")
                }, ["acme", "other"])
            XCTAssertEqual(
                Set(try FileManager.default.contentsOfDirectory(atPath: daemon.directory)),
                ["tenants", "patron.sock", "log", "output"])
        }
    }

    func testTheOperatorIsToldThatThereIsNoTenant() throws {
        try withShop { daemon, connection in
            for line in ["use missing", "use ../x", "@missing customer.list", "@../x hello"] {
                XCTAssertEqual(try connection.refusal(line), "404 no-tenant", line)
            }
            XCTAssertEqual(try connection.refusal("tenant.create ../x"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("tenant.create acme"), "409 tenant-exists")
        }
    }

    func testARevokedTokenEndsAtOnceAlsoOnALiveConnection() throws {
        try withShop { daemon, connection in
            let answer = try connection.ok("token.create role=staff label=till")
            let token = try XCTUnwrap(answer.text("token"))
            let client = try daemon.connect()
            try client.ok("auth \(token)")
            try client.ok("customer.create name=Ann")
            XCTAssertFalse(try connection.rows("token.list").contains { $0.text.contains(token) })

            try connection.ok("token.revoke \(try XCTUnwrap(answer.text("id")))")

            XCTAssertEqual(try client.refusal("customer.create name=Bo"), "403 forbidden")
            XCTAssertEqual(try client.refusal("customer.list"), "403 forbidden")
            XCTAssertEqual(try daemon.connect().refusal("auth \(token)"), "403 forbidden")
            XCTAssertEqual(try connection.rows("customer.list").count, 1)
        }
    }

    func testAUnixUserIsNobodyUntilATenantNamesHim() throws {
        guard geteuid() == 0 else { return }
        try withShop { daemon, connection in
            chmod(daemon.directory, 0o755)
            // The programs may be where nobody else can reach them.
            guard try ChildProcess(Self.asNobody + ["--version"]).wait() == .exited(0) else { return }
            let socket = ["--socket", daemon.socket, "--json"]
            func ask(_ words: String...) throws -> String {
                let output = "\(daemon.directory)/nobody"
                let child = try ChildProcess(Self.asNobody + socket + words, output: output, errors: output)
                _ = child.wait()
                return try String(contentsOfFile: output, encoding: .utf8)
            }
            XCTAssertTrue(try ask("tenant.list").contains(#""code":401,"slug":"unauthenticated""#))
            XCTAssertTrue(try ask("--tenant", "acme", "customer.list").contains(#""code":403,"slug":"forbidden""#))
            XCTAssertTrue(try ask("--tenant", "missing", "customer.list").contains(#""code":403,"slug":"forbidden""#))

            try connection.ok("tenant.set staff=nobody")

            XCTAssertTrue(try ask("--tenant", "acme", "whoami").contains(#""role":"staff""#))
            XCTAssertTrue(try ask("--tenant", "acme", "customer.create", "name=Ann").contains(#""name":"Ann""#))
            XCTAssertTrue(try ask("--tenant", "acme", "tenant.suspend").contains(#""code":403,"slug":"forbidden""#))
            XCTAssertEqual(try connection.rows("timeline.list 1").map { $0.text("actor") }, ["staff:nobody"])
            try connection.ok("tenant.create name=second staff=nobody")
            XCTAssertTrue(try ask("--tenant", "second", "whoami").contains(#""actor":"staff:nobody""#))
            try connection.ok("tenant.set staff=[]")
            XCTAssertTrue(try ask("--tenant", "acme", "whoami").contains(#""code":403,"slug":"forbidden""#))
        }
    }

    private static let asNobody = [
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Products.path(of: "patronctl"),
    ]

    private static func token(_ connection: ControlConnection, _ role: String, _ arguments: String) throws -> String {
        try XCTUnwrap(connection.ok("token.create role=\(role)\(arguments)").text("token"))
    }
}
