import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class CouponHoldRaceTests: XCTestCase {
    private static let clients = 32

    func testHoldsAndOrdersTogetherNeverUseMoreThanThereIs() throws {
        try withShop { daemon, connection in
            for round in 0..<10 { try connection.ok("coupon.create code=LAST\(round) percent=10 limit=5 budget=5.00") }
            let start = StartingLine(Self.clients)

            // A third of the clients orders at once, a third holds and orders with it, a third holds and lets go.
            let won = try concurrently(Self.clients) { client in
                let connection = try daemon.connect(to: "acme")
                return try (0..<10).map { round -> Int in
                    start.wait()
                    let order = "order.register channel=online-shop ext=\(client)-\(round) total=10.00"
                    if client % 3 == 0 {
                        return try connection.ask("\(order) coupon=LAST\(round)").error == nil ? 1 : 0
                    }
                    guard let hold = try connection.ask("coupon.hold last\(round) total=10.00").ok?.number("hold")
                    else { return 0 }
                    if client % 3 == 2 {
                        try connection.ok("coupon.release \(hold)")
                        return 0
                    }
                    try connection.ok("\(order) hold=\(hold)")
                    return 1
                }
            }

            XCTAssertEqual(try connection.ok("coupon.verify")["ok"]?.boolValue, true)
            for round in 0..<10 {
                let shown = try connection.ok("coupon.show LAST\(round)")
                XCTAssertEqual(shown.number("used"), Int64(won.reduce(0) { $0 + $1[round] }))
                XCTAssertEqual(shown.number("held"), 0)
                XCTAssertLessThanOrEqual(shown.number("used") ?? 9, 5)
            }
        }
    }
}
