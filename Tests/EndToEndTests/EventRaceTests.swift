import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class EventRaceTests: XCTestCase {
    private static let quota = 100

    private static let setUp = [
        #"events.create event=jazz title="Jazz night" starts=2099-12-24T20:00"#,
        "events.set-ticket-type event=jazz type=seat price=10.00 quota=\(quota)",
    ]

    func testAHundredTicketsAreSoldToSixtyFourClientsExactlyOnce() throws {
        try withShop { daemon, connection in
            for line in Self.setUp { try connection.ok(line) }
            let start = StartingLine(64)

            let sold = try concurrently(64) { client in
                let connection = try daemon.connect(to: "acme")
                start.wait()
                var sold = 0
                // Some hold and pay, some hold, some order outright, some let go what they held.
                for number in 0..<20 {
                    let line =
                        client % 4 == 0
                        ? Self.order(ext: "\(client)-\(number)") : #"events.hold jazz tickets=[{"type":"seat"}]"#
                    let reply = try connection.ask(line)
                    guard let order = reply.ok?.number("order") else {
                        XCTAssertEqual(reply.error?.text, "409 quota-exhausted")
                        XCTAssertEqual(reply.error?.body["left"]?.integerValue, 0)
                        // Somebody else may let go yet.
                        continue
                    }
                    sold += 1
                    if client % 4 == 1 { try connection.ok("events.pay \(order)") }
                    if client % 4 == 2, number < 10 {
                        try connection.ok("events.release \(order)")
                        sold -= 1
                    }
                }
                return sold
            }
            let left = Self.quota - sold.reduce(0, +)
            for number in 0..<left { try connection.ok(Self.order(ext: "rest-\(number)")) }

            XCTAssertEqual(try connection.refusal(Self.order(ext: "more")), "409 quota-exhausted")
            let seat = try XCTUnwrap(try connection.rows("events.ticket-types jazz").first)
            XCTAssertEqual((seat.number("sold") ?? 0) + (seat.number("held") ?? 0), Int64(Self.quota))
            XCTAssertEqual(seat.number("left"), 0)
            let good = try connection.allRows("events.attendees jazz").filter {
                ["held", "valid"].contains($0.text("state"))
            }
            XCTAssertEqual(good.count, Self.quota)
            XCTAssertLessThan(left, Self.quota)
        }
    }

    func testATicketIsCheckedInOnceByThirtyTwoDoorsAtATime() throws {
        try withShop { daemon, connection in
            for line in Self.setUp { try connection.ok(line) }
            let secrets = try (0..<10).map { number in
                let order = try XCTUnwrap(try connection.ok(Self.order(ext: "\(number)")).number("order"))
                let shown = try connection.ok("events.tickets \(order)")
                return try XCTUnwrap(shown["tickets"]?.arrayValue?.first?.text("secret"))
            }
            let start = StartingLine(32)

            let entered = try concurrently(32) { door in
                let connection = try daemon.connect(to: "acme")
                return try secrets.map { secret -> Int in
                    start.wait()
                    let reply = try connection.ask("events.check-in jazz secret=\(secret) where=door-\(door)")
                    if let error = reply.error {
                        XCTAssertEqual(error.text, "409 already-checked-in")
                        XCTAssertEqual(error.body["where"]?.stringValue?.hasPrefix("door-"), true)
                    }
                    return reply.ok == nil ? 0 : 1
                }
            }

            for index in secrets.indices { XCTAssertEqual(entered.reduce(0) { $0 + $1[index] }, 1) }
            XCTAssertEqual(try connection.rows("events.attendees jazz state=checked-in").count, 10)
            XCTAssertEqual(try connection.rows("event.list from=1 topics=events.checked-in").count, 10)
        }
    }

    private static func order(ext: String) -> String {
        #"order.register channel=events ext=\#(ext) state=paid "#
            + #"details={"event":"jazz","tickets":[{"type":"seat","attendee":"A"}]}"#
    }
}
