import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class BookingRaceTests: XCTestCase {
    private static let clients = 32

    func testOneOfManyClientsGetsTheChair() throws {
        try withShop { daemon, connection in
            try connection.ok("booking.set-resource chair")
            try connection.ok("booking.set-service cut duration=30 resources=chair")

            let start = StartingLine(Self.clients)
            let answers = try concurrently(Self.clients) { client in
                let connection = try daemon.connect(to: "acme")
                return try (0..<8).map { round in
                    start.wait()
                    // Each starts at another minute, so that no two are the same but all overlap.
                    let time = "2027-03-01T\(10 + round):\(10 + client % 20)"
                    return try connection.ask(
                        #"order.register channel=booking ext=\#(client)-\#(round) details={"service":"cut","start":"\#(time)"}"#
                    ).error?.text ?? "OK"
                }
            }

            for round in 0..<8 {
                XCTAssertEqual(answers.filter { $0[round] == "OK" }.count, 1)
                XCTAssertEqual(answers.filter { $0[round] == "409 double-booked" }.count, Self.clients - 1)
            }
            XCTAssertEqual(try connection.rows("booking.list limit=1000").count, 8)
        }
    }

    func testManyClientsThatBookMoveAndCancelNeverOverfillARoom() throws {
        try withShop { daemon, connection in
            try connection.ok("booking.set-resource room capacity=5")
            try connection.ok("booking.set-service class duration=50 after=10 seats=4 resources=room")
            try connection.ok("booking.set-service talk duration=80 seats=5 resources=room")
            try connection.ok("booking.set-service private duration=30 resources=room")

            let start = StartingLine(8)
            let counts = try concurrently(8) { client in
                var random = SeededGenerator(seed: UInt64(client))
                let connection = try daemon.connect(to: "acme")
                start.wait()
                var counts: [String: Int] = [:]
                for number in 0..<240 {
                    let time = "2027-03-01T\(10 + random.below(8)):\(10 * (1 + random.below(5)))"
                    let booking = "\(client)-\(random.below(max(number, 1)))"
                    let details =
                        #"{"service":"\#(random.pick(["class", "talk", "private"]))","start":"\#(time)","party_size":\#(1 + random.below(3))}"#
                    let line =
                        switch random.below(5) {
                        case 0...2: "order.register channel=booking ext=\(client)-\(number) details=\(details)"
                        case 3: "booking.reschedule ext=\(booking) start=\(time)"
                        default:
                            random.below(2) == 0 ? "booking.cancel ext=\(booking)" : "booking.confirm ext=\(booking)"
                        }
                    counts[try connection.ask(line).error?.text ?? "OK", default: 0] += 1
                }
                return counts
            }

            let all = counts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
            let expected: Set = ["OK", "409 double-booked", "404 no-order", "422 wrong-state"]
            XCTAssertEqual(Set(all.keys).subtracting(expected), [])
            XCTAssertGreaterThan(all["409 double-booked"] ?? 0, 30)
            XCTAssertGreaterThan(all["OK"] ?? 0, 30)
            let stays = try connection.rows("booking.list limit=1000").map(Stay.init)
            XCTAssertGreaterThan(stays.count, 10)
            XCTAssertEqual(Stay.overfull(stays, capacity: 5), [])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testABookingsLifeOverTheSocket() throws {
        try withShop { _, connection in
            try connection.ok("booking.set-resource chair")
            try connection.ok("booking.set-service cut duration=30 price=20.00 resources=chair")
            let book =
                #"order.register channel=booking ext=%@ customer={"email":"ann@example.org","name":"Ann"} "#
                + #"details={"service":"cut","start":"2027-03-01T10:00"}"#
            let order = try connection.ok(book.replacing("%@", with: "a"))
            XCTAssertEqual(order.text("total"), "20.00")
            let again = try connection.ok(book.replacing("%@", with: "a"))
            XCTAssertEqual(again["existing"], .bool(true))
            let refusal = try XCTUnwrap(connection.ask(book.replacing("%@", with: "b")).error)
            XCTAssertEqual(refusal.text, "409 double-booked")
            XCTAssertNil(refusal.body["taken"]?.arrayValue?.first?["customer"])
            XCTAssertFalse(refusal.body.text.contains("Ann"))

            try connection.ok(#"order.update channel=booking ext=a details={"start":"2027-03-01T11:00"}"#)
            let shown = try connection.ok("order.show channel=booking ext=a")
            XCTAssertEqual(shown.text("channel_state"), "requested")
            XCTAssertEqual(shown["details"]?.text("end"), "2027-03-01T11:30")
            XCTAssertTrue(
                (shown["summary"]?.arrayValue ?? []).contains { $0.text("label") == "Formerly" }, shown.text)
            XCTAssertEqual(try connection.refusal("order.refund channel=booking ext=a"), "409 nothing-paid")
            try connection.ok(#"order.update channel=booking ext=a details={"paid":"20.00"}"#)
            try connection.ok("order.refund channel=booking ext=a")
            try connection.ok(book.replacing("%@", with: "c").replacing("T10:00", with: "T11:00"))
            try connection.ok("order.cancel channel=booking ext=c")

            try connection.ok("customer.erase 1 confirm=1")
            let erased = try connection.ok("order.show channel=booking ext=a")
            XCTAssertEqual(erased["details"]?["former"]?.arrayValue?.count, 1)
            XCTAssertEqual(try connection.rows("booking.list cancelled=true").map { $0.text("name") }, [nil, nil])
            XCTAssertEqual(try connection.ok("channel.product channel=booking sku=CUT").text("unit_price"), "20.00")
        }
    }
}
