import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class ShutdownTests: XCTestCase {
    func testSIGTERMLosesNothingThatWasAnsweredAndAnswersWhatWasTaken() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create acme")
            let clients = 32
            let start = StartingLine(clients)
            let answered = try concurrently(clients) { number -> [Int: Int64] in
                let connection = try daemon.connect(to: "acme")
                start.wait()
                return Self.registerUntilTheEnd(connection, client: number) {
                    // Everybody is in the middle of it.
                    if number == 0 { daemon.process.signal(15) }
                }
            }
            XCTAssertEqual(daemon.wait(), .exited(0))
            let successor = try RunningDaemon(in: directory)
            defer { successor.stop() }
            let connection = try successor.connect(to: "acme")

            var count = 0
            for (client, orders) in answered.enumerated() {
                for (number, id) in orders {
                    let order = try connection.ok("order.show channel=online-shop ext=\(client)-\(number)")
                    XCTAssertEqual(order.number("id"), id)
                    count += 1
                }
            }
            XCTAssertGreaterThan(count, 0)
            XCTAssertEqual(try connection.allRows("order.list limit=1000").count, count)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testDrainAnswersWhatIsInHandAndEndsTheServer() throws {
        try withShop { daemon, connection in
            let idle = try daemon.connect()
            for number in 0..<20 { try connection.send("customer.create name=N\(number)") }
            try connection.send("drain")

            for number in 0..<20 { XCTAssertEqual(try connection.reply().ok?.text("name"), "N\(number)") }
            XCTAssertEqual(try connection.reply().ok?.text, #"{"draining":true}"#)
            XCTAssertNil(try connection.readLine())
            XCTAssertNil(try idle.readLine())
            XCTAssertEqual(daemon.wait(), .exited(0))
            let successor = try RunningDaemon(in: daemon.directory)
            XCTAssertEqual(try successor.connect().rows("@acme customer.list").count, 20)
            XCTAssertEqual(successor.stop(), .exited(0))
        }
    }

    func testAKilledDaemonsSocketIsTakenOver() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            daemon.kill()
            let successor = try RunningDaemon(in: daemon.directory)
            XCTAssertEqual(try successor.connect().rows("@acme customer.list").count, 1)
            successor.stop()
        }
    }

    /// Registers orders one after the other until the daemon hangs up; returns the ids by number of those that were
    /// answered.
    private static func registerUntilTheEnd(
        _ connection: ControlConnection, client: Int, afterThirty: () -> Void
    ) -> [Int: Int64] {
        var ids: [Int: Int64] = [:]
        for number in 0..<100_000 {
            if number == 30 { afterThirty() }
            let line =
                #"order.register channel=online-shop ext=\#(client)-\#(number) customer={"email":"c\#(client)@example.org"} total=1.00"#
            // A lost connection is the end that is waited for.
            guard let reply = try? connection.ask(line), let id = reply.ok?.number("order") else { break }
            ids[number] = id
        }
        return ids
    }
}
