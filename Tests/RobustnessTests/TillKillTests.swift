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
        var numbers: [Int64] = []
        for ext in sent {
            let reply = try connection.ask("pos.receipt ext=\(ext)")
            guard let receipt = reply.ok else {
                XCTAssertEqual(reply.error?.text, "404 no-order")
                XCTAssertNil(told[ext])
                continue
            }
            numbers.append(receipt.number("number") ?? 0)
            if let known = told[ext] { XCTAssertEqual(receipt.text("receipt"), known) }
        }
        XCTAssertEqual(numbers.sorted(), Array(1...Int64(numbers.count)))
        let report = try connection.ok("pos.day register=7 day=2026-01-05")
        XCTAssertEqual(report["receipts"]?.number("last"), Int64(numbers.count))
        XCTAssertEqual(report["currencies"]?["EUR"]?["sales"]?.number("count"), Int64(numbers.count))
        XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
    }

    /// Sells until the daemon is gone.
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
        }
        return (told, sent)
    }
}
