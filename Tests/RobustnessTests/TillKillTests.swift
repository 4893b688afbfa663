import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class TillKillTests: XCTestCase {
    private static let rounds = 5
    private static let clients = 4

    func testReceiptsHaveNoGapAfterAnyKill() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 12)
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create name=acme")
            try daemon.connect(to: "acme").ok("pos.set-register 7")
            var told: [String: String] = [:]
            var sent: Set<String> = []
            for round in 0..<Self.rounds {
                let fuse = KillSwitch(daemon.process, after: 20 + random.below(80))
                let target = daemon
                let parts = try concurrently(Self.clients) { client in
                    Self.sell(on: target, "\(round)-\(client)", fuse)
                }
                for part in parts {
                    told.merge(part.told) { $1 }
                    sent.formUnion(part.sent)
                }
                daemon.kill()
                daemon = try RunningDaemon(in: directory)
                try check(told, sent, try daemon.connect(to: "acme"))
            }
            XCTAssertGreaterThan(told.count, 60)
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }

    private func check(_ told: [String: String], _ sent: Set<String>, _ connection: ControlConnection) throws {
        for ext in sent {
            let reply = try connection.ask("pos.receipt ext=\(ext)")
            if let known = told[ext] { XCTAssertEqual(reply.ok?.text("receipt"), known) }
            if reply.ok == nil { XCTAssertEqual(reply.error?.text, "404 no-order") }
        }
        // The returns have receipts as well; the last report shows what is not closed yet.
        let orders = try connection.allRows("order.list limit=1000").filter { $0.text("state") == "completed" }
        let numbers = try orders.map { try connection.ok("pos.receipt order=\($0.number("id") ?? 0)").number("number") }
        XCTAssertEqual(numbers.compactMap(\.self).sorted(), Array(1...Int64(orders.count)))
        let days = try connection.allRows("pos.days 7")
        XCTAssertEqual(days.map { $0.number("number") }, days.indices.map { Int64(days.count - $0) })
        let sums = (days + [try connection.ok("pos.day 7")]).compactMap { $0["currencies"]?["EUR"] }
        for (kind, name) in [("order", "sales"), ("return", "returns")] {
            XCTAssertEqual(
                sums.reduce(0) { $0 + ($1[name]?.number("count") ?? 0) },
                Int64(orders.filter { $0.text("kind") == kind }.count))
        }
        XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
    }

    /// Sells, takes some of it back and closes days until the daemon is gone.
    private static func sell(
        on daemon: RunningDaemon, _ name: String, _ fuse: KillSwitch
    ) -> (told: [String: String], sent: Set<String>) {
        var told: [String: String] = [:]
        var sent: Set<String> = []
        guard let connection = try? daemon.connect(to: "acme") else { return (told, sent) }
        for number in 0..<100 {
            let ext = "\(name)-\(number)"
            sent.insert(ext)
            let line =
                #"order.register channel=pos ext=\#(ext) total=1.00 placed_at=2026-01-05T10:00:00Z details={"register":"7"}"#
            // Another client's request may have been the last.
            guard let reply = try? connection.ask(line) else { break }
            fuse.note()
            guard reply.error == nil, let shown = try? connection.ask("pos.receipt ext=\(ext)") else { break }
            told[ext] = shown.ok?.text("receipt")
            let more = [
                3: "pos.refund order=\(shown.ok?.number("order") ?? 0)",
                5: "pos.close-day register=7 counted=0.00 day=2026-01-\(10 + number / 10)",
            ]
            guard let line = more[number % 10] else { continue }
            // Days are closed by others, too.
            guard (try? connection.ask(line)) != nil else { break }
        }
        return (told, sent)
    }
}
