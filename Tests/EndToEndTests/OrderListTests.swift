import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class OrderListTests: XCTestCase {
    func testPagesShowEveryOrderOnceNewestFirst() throws {
        try Self.withOrders { connection in
            for limit in [1, 7, 60, 1_000] {
                let rows = try connection.allRows("order.list limit=\(limit)")
                XCTAssertEqual(Set(rows.compactMap { $0.number("id") }).count, 60)
                let times = rows.compactMap { $0.text("placed_at") }
                XCTAssertEqual(times, times.sorted(by: >))
                XCTAssertEqual(times.count, 60)
            }
        }
    }

    func testFiltersShowExactlyTheOrdersThatFit() throws {
        try Self.withOrders { connection in
            let all = try connection.rows("order.list limit=1000")
            let filters: [(String, (JSON) -> Bool)] = [
                ("customer=2", { $0.number("customer") == 2 }), ("channel=pos", { $0.text("channel") == "pos" }),
                ("state=cancelled", { $0.text("state") == "cancelled" }),
                ("from=2026-02-10", { ($0.text("placed_at") ?? "") >= "2026-02-09T23:00:00Z" }),
                ("to=2026-02-10", { ($0.text("placed_at") ?? "") < "2026-02-10T23:00:00Z" }),
                (
                    "from=2026-02-10T10:00:00Z to=2026-02-12T10:00:00Z",
                    { ("2026-02-10T10:00:00Z"..<"2026-02-12T10:00:00Z").contains($0.text("placed_at") ?? "") }
                ),
                ("customer=1 channel=manual", { $0.number("customer") == 1 && $0.text("channel") == "manual" }),
            ]
            for (filter, isWanted) in filters {
                let wanted = all.filter(isWanted).compactMap { $0.number("id") }
                XCTAssertFalse(wanted.isEmpty, filter)
                let rows = try connection.allRows("order.list \(filter) limit=4").compactMap { $0.number("id") }
                XCTAssertEqual(rows, wanted, filter)
            }
            XCTAssertEqual(try connection.refusal("order.list from=someday"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("order.list state=lost"), "400 bad-value")
        }
    }

    /// A shop with 60 orders of three customers on four channels, one every twelve hours, some at the same time.
    private static func withOrders(_ body: (ControlConnection) throws -> Void) throws {
        let details = [
            "pos": #" details={"register":"1","receipt":"R"}"#, "manual": #" details={"source":"market"}"#,
        ]
        try withShop { _, connection in
            for name in ["A", "B", "C"] { try connection.ok("customer.create name=\(name)") }
            var lines: [String] = []
            for number in 0..<60 {
                let channel = ["online-shop", "pos", "manual"][number / 3 % 3]
                let day = 1 + number * 11 % 28
                let time = "2026-02-\(day < 10 ? "0" : "")\(day)T\(number % 2 == 0 ? "10" : "22"):00:00Z"
                lines.append(
                    "order.register channel=\(channel) ext=\(number) customer=\(1 + number % 3) total=1.00"
                        + " placed_at=\(time)\(details[channel] ?? "")")
                if number % 10 == 0 { lines.append("order.cancel channel=\(channel) ext=\(number)") }
            }
            for (line, reply) in zip(lines, try connection.replies(to: lines)) { XCTAssertNil(reply.error, line) }
            try body(connection)
        }
    }
}
