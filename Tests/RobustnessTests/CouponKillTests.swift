import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class CouponKillTests: XCTestCase {
    private static let rounds = 6
    private static let clients = 4
    private static let limit: Int64 = 120

    /// What a client was told of its holds before the daemon died.
    private struct Told: Sendable {
        /// Holds and the orders that used them up.
        var committed: [Int64: Int64] = [:]
        var released: [Int64] = []
        var held: [Int64] = []
    }

    func testHoldsStandAsTheyWereAnsweredAfterEveryKill() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 31)
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create name=acme")
            let setup = try daemon.connect(to: "acme")
            try setup.ok("coupon.create code=LAST percent=10 limit=\(Self.limit) budget=100.00")

            var committed: [Int64: Int64] = [:]
            for round in 0..<Self.rounds {
                let fuse = KillSwitch(daemon.process, after: 30 + random.below(90))
                let target = daemon
                let told = try concurrently(Self.clients) { client in
                    Self.work(on: target, name: "\(round)-\(client)", fuse)
                }
                daemon.kill()
                daemon = try RunningDaemon(in: directory)
                let connection = try daemon.connect(to: "acme")

                XCTAssertEqual(try connection.ok("coupon.verify")["ok"]?.boolValue, true)
                XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
                try check(told, connection)
                for part in told { committed.merge(part.committed) { $1 } }
                // What nobody has let go is let go for the next round; what was answered is gone for good.
                for hold in told.flatMap(\.held) { try connection.ok("coupon.release \(hold)") }
                let shown = try connection.ok("coupon.show LAST")
                XCTAssertLessThanOrEqual((shown.number("used") ?? 0) + (shown.number("held") ?? 0), Self.limit)
                XCTAssertGreaterThanOrEqual(shown.number("used") ?? 0, Int64(committed.count))
            }

            XCTAssertGreaterThan(committed.count, 20)
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }

    /// Holds and orders, holds and lets go, holds and goes away, in turn, until the daemon is gone.
    private static func work(on daemon: RunningDaemon, name: String, _ fuse: KillSwitch) -> Told {
        var told = Told()
        guard let connection = try? daemon.connect(to: "acme") else { return told }
        for number in 0..<200 {
            // Another client's request may have been the last.
            guard let reply = try? connection.ask("coupon.hold LAST total=5.00") else { return told }
            fuse.note()
            guard let hold = reply.ok?.number("hold") else { continue }
            told.held.append(hold)
            let line =
                switch number % 3 {
                case 0: "order.register channel=online-shop ext=\(name)-\(number) total=5.00 hold=\(hold)"
                case 1: "coupon.release \(hold)"
                default: ""
                }
            guard !line.isEmpty else { continue }
            guard let answer = try? connection.ask(line) else {
                // Whether it was done nobody was told.
                told.held.removeLast()
                return told
            }
            fuse.note()
            guard let answer = answer.ok else { continue }
            told.held.removeLast()
            if let order = answer.number("order") {
                told.committed[hold] = order
            } else {
                told.released.append(hold)
            }
        }
        return told
    }

    private func check(_ told: [Told], _ connection: ControlConnection) throws {
        for (hold, order) in told.flatMap({ Array($0.committed) }) {
            let shown = try connection.ok("order.show \(order)")
            XCTAssertEqual(shown.text("coupon"), "LAST")
            XCTAssertEqual(shown.text("discount"), "0.50")
            let refusal = try connection.ask("coupon.release \(hold)").error
            XCTAssertEqual(refusal?.text, "409 hold-committed")
            XCTAssertEqual(refusal?.body["order"]?.integerValue, order)
        }
        for hold in told.flatMap(\.released) {
            XCTAssertEqual(try connection.ok("coupon.release \(hold)").text("state"), "released")
        }
    }
}
