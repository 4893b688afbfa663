import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class CouponRaceTests: XCTestCase {
    private static let clients = 64

    func testOneOfManyClientsGetsTheLastRedemption() throws {
        try withShop { daemon, connection in
            let rounds = 20
            for round in 0..<rounds { try connection.ok("coupon.create code=LAST\(round) percent=10 limit=1") }

            let results = try Self.race(daemon, rounds: rounds) { client, round in
                #"order.register channel=online-shop ext=\#(client)-\#(round) customer={"email":"c\#(client)@example.org"} total=10.00 coupon=LAST\#(round)"#
            }

            for round in results {
                XCTAssertEqual(round.filter { $0 == "OK" }.count, 1)
                XCTAssertEqual(round.filter { $0 == "409 coupon-exhausted" }.count, Self.clients - 1)
            }
            try assertInOrder(connection)
            XCTAssertEqual(try connection.allRows("order.list limit=1000").count, rounds)
            for round in 0..<rounds {
                XCTAssertEqual(try connection.ok("coupon.show LAST\(round)").number("used"), 1)
            }
        }
    }

    func testOneCustomerOnManyConnectionsUsesACouponOnlyAsOftenAsAllowed() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create email=ann@example.org phone=01712345678")
            for round in 0..<5 { try connection.ok("coupon.create code=TWICE\(round) amount=1.00 per_customer=2") }
            let spellings = [#"{"email":"ann@example.org"}"#, #"{"email":" ANN@example.ORG"}"#, "1"]
            let phone = #"{"phone":"+491712345678"}"#

            let results = try Self.race(daemon, rounds: 5) { client, round in
                "order.register channel=online-shop ext=\(client)-\(round) total=10.00 coupon=twice\(round)"
                    + " customer=\((spellings + [phone])[client % 4])"
            }

            for round in results {
                XCTAssertEqual(round.filter { $0 == "OK" }.count, 2)
                XCTAssertEqual(round.filter { $0 == "409 coupon-customer-limit" }.count, Self.clients - 2)
            }
            try assertInOrder(connection)
        }
    }

    func testABudgetIsNeverOverdrawn() throws {
        try withShop { daemon, connection in
            for round in 0..<5 { try connection.ok("coupon.create code=POT\(round) percent=25 budget=10.00") }

            let results = try Self.race(daemon, rounds: 5) { client, round in
                #"order.register channel=online-shop ext=\#(client)-\#(round) customer={"email":"c\#(client)@example.org"} total=10.00 coupon=POT\#(round)"#
            }

            for (number, round) in results.enumerated() {
                XCTAssertEqual(round.filter { $0 == "OK" }.count, 4)
                XCTAssertEqual(round.filter { $0 == "409 coupon-budget-spent" }.count, Self.clients - 4)
                XCTAssertEqual(try connection.ok("coupon.show POT\(number)").text("spent"), "10.00")
            }
            try assertInOrder(connection)
        }
    }

    private func assertInOrder(_ connection: ControlConnection) throws {
        XCTAssertEqual(try connection.ok("coupon.verify")["ok"]?.boolValue, true)
        XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
    }

    /// What each client was answered, round by round; all start a round together.
    private static func race(
        _ daemon: RunningDaemon, rounds: Int, _ line: @escaping @Sendable (Int, Int) -> String
    ) throws -> [[String]] {
        let start = StartingLine(clients)
        let byClient = try concurrently(clients) { client in
            let connection = try daemon.connect(to: "acme")
            return try (0..<rounds).map { round in
                start.wait()
                return try connection.ask(line(client, round)).error?.text ?? "OK"
            }
        }
        return (0..<rounds).map { round in byClient.map { $0[round] } }
    }
}
