import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// Orders of many tenants at once, whose host is cut off again and again, and whose files lose what was not synced.
final class JournalKillTests: XCTestCase {
    private struct Sent: Hashable {
        let tenant: Int
        let ext: String
    }

    private static let tenants = 50
    private static let clients = 6

    func testEveryAnsweredOrderOfManyTenantsIsThereOnceThoughTheirLogsAreLost() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 77)
            var daemon = try RunningDaemon(in: directory)
            let setup = try daemon.connect()
            for tenant in 0..<Self.tenants { try setup.ok("tenant.create name=t\(tenant)") }
            XCTAssertEqual(daemon.stop(), .exited(0))
            daemon = try RunningDaemon(in: directory)
            var answered: [Sent] = []

            for round in 0..<4 {
                let fuse = KillSwitch(daemon.process, after: 60 + random.below(200))
                let seeds = (0..<Self.clients).map { _ in random.next() }
                let socket = daemon.socket
                let answers = try concurrently(Self.clients) { client in
                    try Self.load(socket, round, client, SeededGenerator(seed: seeds[client]), fuse)
                }
                answered += answers.flatMap(\.self)
                daemon.kill()
                // What is not synced goes with the power; the files themselves were closed before the first order.
                if round.isMultiple(of: 2) { try Self.loseLogs(daemon.tenants) }
                daemon = try RunningDaemon(in: directory)
                try check(answered, daemon)
                XCTAssertEqual(daemon.stop(), .exited(0))
                daemon = try RunningDaemon(in: directory)
            }

            XCTAssertGreaterThan(answered.count, 300)
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }

    /// Sends orders to tenants at random, some ahead of the answers, until the daemon is gone.
    private static func load(
        _ socket: String, _ round: Int, _ client: Int, _ generator: SeededGenerator, _ fuse: KillSwitch
    ) throws -> [Sent] {
        var random = generator
        var answered: [Sent] = []
        // Another client's answer may have brought the daemon down already.
        guard let connection = try? ControlConnection(path: socket) else { return [] }
        var waiting: [Sent] = []
        do {
            for number in 0..<500 {
                let sent = Sent(tenant: random.below(tenants), ext: "\(round)-\(client)-\(number)")
                let order = SampleOrder(
                    ext: sent.ext, email: "k\(random.below(9))@example.org", quantity: 1 + random.below(9), coupon: nil,
                    hasConsent: random.below(5) == 0)
                try connection.send("@t\(sent.tenant) \(order.line)")
                waiting.append(sent)
                guard waiting.count == 4 else { continue }
                let reply = try connection.reply()
                XCTAssertNil(reply.error)
                answered.append(waiting.removeFirst())
                fuse.note()
            }
        } catch ClientError.connectionLost {
            // What the daemon said before it died counts.
            while !waiting.isEmpty, let reply = try? connection.reply(), reply.ok != nil {
                answered.append(waiting.removeFirst())
            }
        }
        return answered
    }

    private static func loseLogs(_ tenants: String) throws {
        for tenant in 0..<Self.tenants {
            for end in ["-wal", "-shm"] {
                let path = "\(tenants)/t\(tenant)/registry.sqlite\(end)"
                // There is none where the tenant had no order.
                if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
            }
        }
    }

    private func check(_ answered: [Sent], _ daemon: RunningDaemon) throws {
        for tenant in 0..<Self.tenants {
            let connection = try daemon.connect(to: "t\(tenant)")
            let exts = try connection.allRows("order.list").compactMap { $0["ext"]?.stringValue }
            let expected = answered.filter { $0.tenant == tenant }.map(\.ext)
            XCTAssertEqual(Set(exts).count, exts.count, "t\(tenant)")
            XCTAssertEqual(Set(expected).subtracting(exts), [], "t\(tenant)")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"], .bool(true))
        }
    }
}
