import ControlClient
import Foundation
import StrictJSON
import Synchronization
import TestSupport
import XCTest

final class BackupLoadTests: XCTestCase {
    private static let clients = 64
    private static let orders = 12

    func testOrdersGoOnWhileABackupIsMadeAndItHoldsThoseBeforeAMoment() throws {
        try withShop { daemon in
            let socket = daemon.socket
            // Some weight, so that the backup takes a while.
            let filler = try daemon.connect(to: "acme")
            for number in 0..<400 {
                try filler.send("note.add customer=1 text=\"\(number) \(String(repeating: "weight ", count: 400))\"")
            }
            for _ in 0..<400 { _ = try filler.reply() }
            let quiet = try Self.load(socket, round: "quiet")
            let line = StartingLine(2)
            let loads = try concurrently(2) { number -> Duration in
                line.wait()
                if number == 0 { return try Self.load(socket, round: "busy") }
                let connection = try ControlConnection(path: socket)
                for _ in 0..<3 { try connection.ok("tenant.backup name=acme") }
                return .zero
            }
            // How long the longest waited is told, not judged: the machine has other things to do.
            print("longest wait for an order: \(quiet) without a backup, \(loads[0]) with backups")

            let connection = try daemon.connect()
            let backups = try connection.rows("tenant.backups name=acme")
            XCTAssertEqual(backups.count, 3)
            for backup in backups {
                let name = try XCTUnwrap(backup.text("backup"))
                let dump = try TableDump(path: "\(daemon.tenants)/acme/backup/\(name).sqlite") { $0 == "seq" }
                let seqs = try XCTUnwrap(dump.rows["timeline"]).compactMap { Int64($0) }
                XCTAssertEqual(seqs, Array(1...Int64(seqs.count)))
                XCTAssertEqual(backup.number("seq"), Int64(seqs.count))
            }
            XCTAssertEqual(try connection.ok("tenant.drill name=acme")["ok"], .bool(true))
            let orders = try connection.allRows("@acme order.list limit=1000").count
            XCTAssertEqual(orders, 2 * Self.clients * Self.orders)
        }
    }

    /// Registers orders from many clients at once, none of which may be refused; returns the longest wait for an answer.
    private static func load(_ socket: String, round: String) throws -> Duration {
        try concurrently(clients) { client in
            let connection = try ControlConnection(path: socket)
            try connection.use("acme", staff: nil)
            var longest = Duration.zero
            for number in 0..<orders {
                let start = ContinuousClock.now
                try connection.ok("order.register channel=online-shop ext=\(round)-\(client)-\(number) total=1.00")
                longest = max(longest, ContinuousClock.now - start)
            }
            return longest
        }.max() ?? .zero
    }
}
