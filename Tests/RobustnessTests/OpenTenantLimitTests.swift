import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class OpenTenantLimitTests: XCTestCase {
    /// More than 400 descriptors, at four for each that is open.
    private static let tenants = 110

    func testMoreTenantsThanDescriptorsAllowAreServedInTurn() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(
                in: directory, launcher: ["/bin/sh", "-c", "ulimit -n 400; exec \"$0\" \"$@\""])
            let connection = try daemon.connect()
            let names = (0..<Self.tenants).map { "t\($0)" }
            try ask(names.map { "tenant.create name=\($0)" }, connection)

            var most = 0
            for round in 0..<2 {
                for start in stride(from: 0, to: Self.tenants, by: 22) {
                    try ask(
                        names[start..<start + 22].flatMap { name in
                            [
                                "@\(name) order.register channel=online-shop ext=\(round) total=1.00",
                                "@\(name) order.show channel=online-shop ext=\(round)",
                            ]
                        }, connection)
                    most = max(most, try openDescriptors(of: daemon))
                }
            }

            // 16 tenants of up to 15 descriptors each, and what the daemon itself needs.
            XCTAssertLessThan(most, 16 * 15 + 40)
            XCTAssertLessThanOrEqual(try connection.ask("stats").ok?["open_tenants"]?.integerValue ?? .max, 16)
            for name in names {
                XCTAssertEqual(try connection.ask("@\(name) order.list").rows.count, 2)
            }
        }
    }

    func testManyTenantsAtOnceBeyondTheLimitAreServed() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(
                in: directory, launcher: ["/bin/sh", "-c", "ulimit -n 400; exec \"$0\" \"$@\""])
            try ask((0..<48).map { "tenant.create name=t\($0)" }, daemon.connect())
            let socket = daemon.socket

            let failures = try concurrently(12) { client in
                let connection = try ControlConnection(path: socket)
                return try (0..<48).compactMap { number in
                    let tenant = (client * 4 + number) % 48
                    let line = "@t\(tenant) order.register channel=online-shop ext=\(client) total=1.00"
                    return try connection.ask(line).error.map { "\(line): \($0)" }
                }
            }

            XCTAssertEqual(failures.flatMap(\.self), [])
            XCTAssertLessThan(try openDescriptors(of: daemon), 400)
            for tenant in 0..<48 {
                XCTAssertEqual(try daemon.connect(to: "t\(tenant)").ask("order.list").rows.count, 12)
            }
        }
    }

    private func ask(_ lines: [String], _ connection: ControlConnection) throws {
        for line in lines { try connection.send(line) }
        for line in lines {
            let reply = try connection.reply()
            XCTAssertNil(reply.error, line)
        }
    }

    private func openDescriptors(of daemon: RunningDaemon) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.process.pid)/fd").count
    }
}
