import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class TenantCreationKillTests: XCTestCase {
    func testATenantIsThereOrCanBeMadeAfterAKill() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 9)
            var daemon = try RunningDaemon(in: directory)
            for round in 0..<6 {
                let names = (0..<12).map { "t\(round)-\($0)" }
                let fuse = KillSwitch(daemon.process, after: 1 + random.below(names.count - 1))
                let made = try Self.create(names, daemon) {
                    // Somewhere in the next creation, which takes some milliseconds.
                    for _ in 0..<random.below(2_000) { sched_yield() }
                    fuse.note()
                }
                daemon.kill()
                daemon = try RunningDaemon(in: directory)
                let connection = try daemon.connect()

                let listed = try connection.ask("tenant.list limit=1000").rows.compactMap { $0["name"]?.stringValue }
                XCTAssertTrue(Set(made).isSubset(of: listed))
                for name in names {
                    let slug = try connection.ask("tenant.create name=\(name)").error?.slug
                    XCTAssertEqual(slug, listed.contains(name) ? "tenant-exists" : nil)
                    XCTAssertNil(try connection.ask("@\(name) customer.create name=Ann").error)
                    XCTAssertEqual(try connection.ask("@\(name) tenant.verify").ok?["ok"], .bool(true))
                }
            }
        }
    }

    /// Asks for tenants, all at once, until the daemon is gone; returns those that were answered OK.
    private static func create(
        _ names: [String], _ daemon: RunningDaemon, onAnswer: () -> Void
    ) throws(ClientError) -> [String] {
        let connection = try daemon.connect()
        var made: [String] = []
        do {
            for name in names { try connection.send("tenant.create name=\(name)") }
            for name in names {
                if try connection.reply().error == nil { made.append(name) }
                onAnswer()
            }
        } catch .connectionLost {
            return made
        }
        return made
    }
}
