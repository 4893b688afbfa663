import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class FaultTests: XCTestCase {
    /// Words before the daemon's command that run a shell command in a mount namespace of its own first.
    private static func inOwnMounts(_ command: String) throws -> [String] {
        guard try ChildProcess(["unshare", "-rm", "true"]).wait() == .exited(0) else {
            // A full or read-only disk is made by mounting one; without namespaces for that (a container, a kernel that
            // forbids them) there is no other way to have one without harming the machine.
            throw XCTSkip("this machine does not let tests mount anything")
        }
        return ["unshare", "-rm", "sh", "-c", "\(command) && exec \"$0\" \"$@\""]
    }

    func testAFullDiskRefusesWhatDoesNotFitUntilThereIsRoomAgain() throws {
        try withTemporaryDirectory { directory in
            let launcher = try Self.inOwnMounts("mount -t tmpfs -o size=6m none '\(directory)/tenants'")
            let daemon = try RunningDaemon(in: directory, launcher: launcher)
            defer { daemon.stop() }
            let connection = try daemon.connect()
            for name in ["acme", "ballast"] { try connection.ok("tenant.create \(name) account.invite=false") }
            try connection.ok("@acme customer.create name=Ann")
            try connection.ok("@ballast customer.create name=Weight")

            var refusals: Set<String> = []
            let text = String(repeating: "weight ", count: 4_000)
            for _ in 0..<2_000 where refusals.isEmpty {
                let reply = try connection.ask("@ballast note.add customer=1 text=\"\(text)\"")
                if let error = reply.error { refusals.insert(error.text) }
            }

            XCTAssertEqual(refusals, ["507 disk-full"])
            for line in ["tenant.backup name=acme", "tenant.create other", "@acme tenant.set title=Other"] {
                XCTAssertEqual(try connection.refusal(line), "507 disk-full", line)
            }
            XCTAssertEqual(try connection.rows("@acme customer.list").count, 1)
            XCTAssertEqual(try connection.rows("@ballast customer.list").count, 1)
            XCTAssertEqual(try connection.ok("@acme tenant.show").text("title"), "acme")
            try connection.ok("tenant.delete name=ballast confirm=ballast force=true")
            try connection.ok("@acme customer.create name=Bo")
            try connection.ok("tenant.backup name=acme")
            XCTAssertEqual(try connection.ok("@acme tenant.verify")["ok"], .bool(true))
            XCTAssertEqual(try connection.rows("tenant.list").map { $0.text("name") }, ["acme"])
        }
    }

    func testATenantThatCanOnlyBeReadIsRefusedAlone() throws {
        try withTwoTenants { daemon, directory in
            XCTAssertEqual(daemon.stop(), .exited(0))
            let folder = "'\(directory)/tenants/acme'"
            let launcher = try Self.inOwnMounts(
                "mount --bind \(folder) \(folder) && mount -o remount,bind,ro \(folder)")

            let next = try RunningDaemon(in: directory, launcher: launcher)
            defer { next.stop() }
            let connection = try next.connect()

            XCTAssertEqual(try connection.refusal("@acme customer.create name=Bo"), "423 read-only")
            XCTAssertEqual(try connection.refusal("@acme tenant.set title=Other"), "423 read-only")
            try connection.ok("@other customer.create name=Bo")
        }
    }

    func testATenantWhoseFolderIsRemovedIsGoneAndComesBackWithIt() throws {
        try withTwoTenants { daemon, directory in
            let (folder, aside) = ("\(daemon.tenants)/acme", "\(directory)/aside")
            let bound = try daemon.connect(to: "acme")
            try FileManager.default.moveItem(atPath: folder, toPath: aside)

            for line in ["customer.list", "customer.create name=Bo", "tenant.verify"] {
                XCTAssertEqual(try bound.refusal(line), "404 no-tenant", line)
            }
            try daemon.connect().ok("@other customer.create name=Bo")
            XCTAssertFalse(FileManager.default.fileExists(atPath: folder))

            try FileManager.default.moveItem(atPath: aside, toPath: folder)
            XCTAssertEqual(try bound.rows("customer.list").count, 1)
            try bound.ok("customer.create name=Bo")

            unlink("\(folder)/registry.sqlite")
            XCTAssertEqual(try bound.refusal("customer.create name=Cy"), "423 missing-file")
            XCTAssertEqual(try bound.refusal("customer.list"), "423 missing-file")
        }
    }

    func testAFileThatIsDamagedUnderTheDaemonHarmsItsTenantAlone() throws {
        try withTwoTenants { daemon, _ in
            let bound = try daemon.connect(to: "acme")
            for number in 0..<200 { try bound.send("customer.create name=Customer-\(number)") }
            for _ in 0..<200 { XCTAssertNil(try bound.reply().error) }
            XCTAssertEqual(truncate("\(daemon.tenants)/acme/registry.sqlite", 3_000), 0)
            XCTAssertEqual(truncate("\(daemon.tenants)/acme/registry.sqlite-wal", 40), 0)

            var codes: Set<Int> = []
            for line in ["customer.list", "customer.create name=Bo", "tenant.verify", "order.list", "event.list"] {
                codes.insert(try bound.ask(line).error?.code ?? 200)
            }

            XCTAssertTrue(codes.isSubset(of: [200, 423, 500]), "\(codes)")
            try daemon.connect().ok("@other customer.create name=Bo")
        }
    }

    func testADaemonWithoutDescriptorsTellsSoAndGoesOn() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(
                in: directory, launcher: ["/bin/sh", "-c", "ulimit -n 48; exec \"$0\" \"$@\""])
            defer { daemon.stop() }
            let names = (0..<20).map { "t\($0)" }
            let connection = try daemon.connect()
            for name in names { try connection.ok("tenant.create \(name)") }
            let socket = daemon.socket

            let refusals = try concurrently(6) { client in
                let connection = try ControlConnection(path: socket)
                return try names.compactMap { name in
                    try connection.ask("@\(name) order.register channel=online-shop ext=\(client) total=1.00").error?
                        .text
                }
            }.flatMap(\.self)

            XCTAssertTrue(Set(refusals).isSubset(of: ["429 busy"]), "\(Set(refusals))")
            for name in names { try connection.ok("@\(name) customer.create name=Ann") }
        }
    }

    /// A daemon with two tenants, acme and other, each with a customer.
    private func withTwoTenants(_ body: (RunningDaemon, String) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            for name in ["acme", "other"] {
                try daemon.connect().ok("tenant.create \(name) account.invite=false")
                try daemon.connect().ok("@\(name) customer.create name=Ann")
            }
            try body(daemon, directory)
        }
    }
}
