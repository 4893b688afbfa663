import ControlClient
import Foundation
import Registry
import Storage
import StrictJSON
import Synchronization
import TestSupport
import XCTest

/// Kills around the moment at which a big import puts the indexes in their place that it did without.
final class ImportIndexKillTests: XCTestCase {
    private static let people = 2_000
    private static let rounds = 4

    /// What somebody was told before the daemon died.
    private struct Told {
        /// Rows of the import.
        var done: Int64 = 0
        /// Customers entered beside it.
        var names: [String] = []
        var hasEnded = false
    }

    func testAKillWhileIndexesAreSwappedInLeavesThemWholeAndLosesNothing() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 23)
            var daemon = try RunningDaemon(in: directory)
            for round in 0..<Self.rounds {
                let shop = "acme\(round)"
                try daemon.connect().ok("tenant.create \(shop) currency=EUR country=DE account.invite=false")
                let registry = "\(daemon.tenants)/\(shop)/registry.sqlite"
                let indexes = try Self.indexes(of: registry)

                let told = try Self.importUntilKilled(round, daemon, shop, delay: UInt32(random.below(3_000)))

                daemon = try RunningDaemon(in: directory)
                let connection = try daemon.connect(to: shop)
                let batch = try XCTUnwrap(try connection.rows("customer.imports").first)
                let created = try XCTUnwrap(batch.number("created"))
                XCTAssertGreaterThanOrEqual(created, told.done)
                let count = try XCTUnwrap(connection.ok("customer.list count=true limit=1").number("count"))
                XCTAssertGreaterThanOrEqual(count, created + Int64(told.names.count))
                for name in told.names.suffix(3) {
                    XCTAssertEqual(try connection.rows("customer.list search=\(name)").count, 1, name)
                }
                let verdict = try connection.ok("tenant.verify")
                XCTAssertEqual(verdict["ok"], .bool(true), verdict.text)
                XCTAssertEqual(try Self.indexes(of: registry), indexes)
                XCTAssertEqual(try Database.look(at: registry) { try $0.integrityProblems() }, [])
            }
            daemon.stop()
        }
    }

    private static func importUntilKilled(
        _ round: Int, _ daemon: RunningDaemon, _ shop: String, delay: UInt32
    ) throws -> Told {
        let told = Mutex(Told())
        _ = try concurrently(3) { number in
            switch number {
            case 0:
                importTable(daemon, shop) { done in told.withLock { $0.done = max($0.done, done) } }
                told.withLock { $0.hasEnded = true }
            case 1: enterPeople(daemon, shop) { name in told.withLock { $0.names.append(name) } }
            default:
                try waitForSwap(round, in: "\(daemon.tenants)/\(shop)/registry.sqlite") {
                    told.withLock { $0.hasEnded }
                }
                usleep(delay)
                daemon.kill()
            }
        }
        return told.withLock { $0 }
    }

    /// Imports people, and tells how many are known to be entered; returns when the daemon is gone, or all are.
    private static func importTable(_ daemon: RunningDaemon, _ shop: String, told: (Int64) -> Void) {
        var text = "Name,E-Mail,Phone\n"
        for number in 1...people {
            text += "Person \(number * 7 % people),p\(number)@example.org,+49151\(10_000_000 + number * 13 % people)\n"
        }
        // Blank lines make it a big one for whoever counts lines.
        text += String(repeating: "\n", count: 50_000)
        guard let client = try? RawClient(daemon.socket) else { return }
        client.write("use \(shop)\nupload.begin\n")
        client.write("upload.append u1 data=\(Data(text.utf8).base64EncodedString())\n")
        _ = client.readLines(3)
        client.write("customer.import upload=u1\n")
        while let line = client.readLine() {
            // An answer that was cut off tells nothing.
            guard let report = try? JSON(parsing: String(line.drop { $0 != "{" })) else { return }
            told(report.number("done") ?? report.number("created") ?? 0)
            if line.hasPrefix("OK") { return }
        }
    }

    /// Enters one customer after the other until the daemon is gone.
    private static func enterPeople(_ daemon: RunningDaemon, _ shop: String, told: (String) -> Void) {
        // It may be gone already.
        guard let connection = try? daemon.connect(to: shop) else { return }
        for number in 1... {
            let name = "beside\(number)"
            guard (try? connection.ok("customer.create name=\(name)")) != nil else { return }
            told(name)
        }
    }

    /// Returns when the making of an index has begun, or when one is there again, by turns; or when the import has ended.
    private static func waitForSwap(_ round: Int, in registry: String, hasEnded: () -> Bool) throws {
        let (made, table) = [("customer_by_name", "name_entry"), ("customer_by_phone", "phone_entry")][round / 2 % 2]
        while try !schema(of: registry).contains(where: { $0.name == table }) { if hasEnded() { return } }
        guard round % 2 == 1 else { return }
        while try !schema(of: registry).contains(where: { $0.name == made }) { if hasEnded() { return } }
    }

    private static func schema(of registry: String) throws -> [(name: String, sql: String)] {
        try Database.look(at: registry) { transaction in
            try transaction.all("SELECT name, sql FROM sqlite_schema WHERE type <> 'trigger' ORDER BY name") {
                ($0.text(0), $0.text(1))
            }
        }
    }

    /// All tables and indexes with what they are made of.
    private static func indexes(of registry: String) throws -> [String] {
        try schema(of: registry).map { "\($0.name) \($0.sql)" }
    }
}
