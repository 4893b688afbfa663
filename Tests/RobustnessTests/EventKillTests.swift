import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class EventKillTests: XCTestCase {
    private static let rounds = 4
    private static let clients = 4
    private static let quota: Int64 = 60

    /// What a client was told of its tickets before the daemon died, by order.
    private typealias Told = [Int64: String]

    func testTicketsStandAsTheyWereAnsweredAfterEveryKill() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 17)
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create name=acme")
            let setup = try daemon.connect(to: "acme")
            try setup.ok(#"events.create event=jazz title="Jazz night" starts=2099-12-24T20:00"#)
            try setup.ok("events.set-ticket-type event=jazz type=seat price=10.00 quota=\(Self.quota)")

            var known: Told = [:]
            for _ in 0..<Self.rounds {
                let fuse = KillSwitch(daemon.process, after: 20 + random.below(60))
                let target = daemon
                let told = try concurrently(Self.clients) { _ in Self.work(on: target, fuse) }
                daemon.kill()
                daemon = try RunningDaemon(in: directory)
                let connection = try daemon.connect(to: "acme")

                for part in told { known.merge(part) { $1 } }
                try check(known, connection)
            }

            XCTAssertGreaterThan(known.count, 20)
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }

    /// Holds; then pays, pays and checks in, or lets go, in turn, until the daemon is gone.
    private static func work(on daemon: RunningDaemon, _ fuse: KillSwitch) -> Told {
        var told: Told = [:]
        guard let connection = try? daemon.connect(to: "acme") else { return told }
        for number in 0..<200 {
            guard let reply = try? connection.ask(#"events.hold jazz tickets=[{"type":"seat"}]"#) else { return told }
            fuse.note()
            guard let order = reply.ok?.number("order") else { continue }
            told[order] = "held"
            let steps: [(line: String, state: String)] =
                switch number % 4 {
                case 0: [("events.pay \(order)", "valid")]
                case 1:
                    [("events.pay \(order)", "valid"), ("events.check-in jazz ticket=\(order)001", "checked-in")]
                default: [("events.release \(order)", "cancelled")]
                }
            for step in steps {
                guard let answer = try? connection.ask(step.line) else {
                    // Whether it was done nobody was told.
                    told[order] = nil
                    return told
                }
                fuse.note()
                if answer.ok != nil { told[order] = step.state }
            }
        }
        return told
    }

    private func check(_ known: Told, _ connection: ControlConnection) throws {
        XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        var states: [Int64: String] = [:]
        for ticket in try connection.allRows("events.attendees jazz") {
            states[ticket.number("order") ?? 0] = ticket.text("state")
        }
        for (order, state) in known { XCTAssertEqual(states[order], state, "order \(order)") }
        let seat = try XCTUnwrap(try connection.rows("events.ticket-types jazz").first)
        XCTAssertEqual(seat.number("held"), Int64(states.values.count { $0 == "held" }))
        XCTAssertEqual(seat.number("sold"), Int64(states.values.count { ["valid", "checked-in"].contains($0) }))
        XCTAssertLessThanOrEqual((seat.number("held") ?? 0) + (seat.number("sold") ?? 0), Self.quota)
        // An order without its ticket, or a ticket without its order, would be half of something.
        let orders = try connection.allRows("order.list channel=events")
        XCTAssertEqual(Set(orders.compactMap { $0.number("id") }), Set(states.keys))
    }
}
