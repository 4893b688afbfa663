import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class BookingKillTests: XCTestCase {
    private static let clients = 4

    func testBookingsStandAsTheyWereAnsweredAfterEveryKill() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 12)
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create name=acme")
            let setup = try daemon.connect(to: "acme")
            try setup.ok("booking.set-resource chair")
            try setup.ok("booking.set-service cut duration=30 resources=chair")

            var moves = 0
            for round in 0..<4 {
                let fuse = KillSwitch(daemon.process, after: 30 + random.below(90))
                let target = daemon
                let told = try concurrently(Self.clients) { client in
                    Self.work(on: target, name: "\(round)-\(client)", day: "2027-03-0\(1 + round)", fuse)
                }
                daemon.kill()
                daemon = try RunningDaemon(in: directory)
                let connection = try daemon.connect(to: "acme")
                XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)

                let rows = try connection.rows("booking.list limit=1000 cancelled=true")
                let shown = Dictionary(rows.map { ($0.text("ext") ?? "", $0) }) { first, _ in first }
                for (ext, start) in told.flatMap({ Array($0) }) {
                    XCTAssertEqual(shown[ext]?.text("start"), start, ext)
                    // Each move leaves exactly one former time; half of one would show here.
                    let former = shown[ext]?["former"]?.arrayValue ?? []
                    XCTAssertEqual(shown[ext]?.number("rev"), Int64(former.count + 1))
                    moves += former.count
                }
                try checkApart(rows)
                let orders = try connection.rows("order.list channel=booking limit=1000")
                XCTAssertEqual(orders.count, rows.count)
            }
            XCTAssertGreaterThan(moves, 10)
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }

    /// Books and moves until the daemon is gone.
    ///
    /// - Returns: When each booking is, as far as it was answered; what was under way then is left out.
    private static func work(
        on daemon: RunningDaemon, name: String, day: String, _ fuse: KillSwitch
    ) -> [String: String] {
        var told: [String: String] = [:]
        // Another client's request may have been the last.
        guard let connection = try? daemon.connect(to: "acme") else { return told }
        for number in 0..<100 {
            let ext = "\(name)-\(number / 2)"
            let time = "\(day)T\(10 + number % 13):\(number % 2 == 0 ? "00" : "15")"
            let line =
                number % 2 == 0
                ? #"order.register channel=booking ext=\#(ext) details={"service":"cut","start":"\#(time)"}"#
                : "booking.reschedule ext=\(ext) start=\(time)"
            guard let reply = try? connection.ask(line) else {
                // Whether it was done nobody was told.
                told[ext] = nil
                return told
            }
            fuse.note()
            if reply.ok != nil { told[ext] = time }
        }
        return told
    }

    /// No two bookings of the one chair overlap.
    private func checkApart(_ rows: [JSON]) throws {
        let spans = rows.map { (start: $0.text("start_at") ?? "", end: $0.text("end_at") ?? "") }
            .sorted { $0.start < $1.start }
        for (one, next) in zip(spans, spans.dropFirst()) { XCTAssertLessThanOrEqual(one.end, next.start) }
    }
}
