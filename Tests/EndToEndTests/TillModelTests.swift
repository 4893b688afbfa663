import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// Whatever happens at tills, the days add up to the orders.
final class TillModelTests: XCTestCase {
    private static let refusals: Set<String> = [
        "409 day-closed", "409 has-returns", "409 return-exceeds-sale", "409 order-closed", "409 is-return",
        "409 already-claimed", "409 not-claimable", "422 refund-too-big", "409 nothing-paid", "404 no-line",
    ]

    func testAllDaysTogetherComeToWhatAllOrdersComeTo() throws {
        var random = SeededGenerator(seed: 7)
        try withShop { _, connection in
            try connection.ok("coupon.create code=TEN percent=10")
            try connection.ok("customer.create name=Ann")
            for till in 1...2 { try connection.ok("pos.set-register \(till)") }
            var orders: Int64 = 0
            var refused: Set<String> = []
            for step in 0..<300 {
                let line = Self.line(step, orders, &random)
                let reply = try connection.ask(line)
                if let error = reply.error {
                    XCTAssertTrue(Self.refusals.contains(error.text), "\(line): \(error.text)")
                    refused.insert(error.text)
                } else if line.hasPrefix("order.register") || line.hasPrefix("pos.refund") {
                    orders += 1
                }
            }
            for till in 1...2 { try connection.ok("pos.close-day register=\(till) counted=0.00") }

            let reports = try (1...2).flatMap { try connection.allRows("pos.days register=\($0) limit=3") }
            let listed = try connection.allRows("order.list limit=1000")
            XCTAssertEqual(Int64(listed.count), orders)
            let counted = listed.filter { ["completed", "refunded"].contains($0.text("state")) }
            let net = counted.reduce(Decimal(0)) { $0 + Self.amount($1, "total") - Self.amount($1, "refunded") }
            let sums = reports.compactMap { $0["currencies"]?["EUR"] }
            XCTAssertEqual(sums.reduce(Decimal(0)) { $0 + Self.amount($1, "net") }, net)
            XCTAssertEqual(
                sums.reduce(Decimal(0)) { $0 + Self.amount($1, "tax") },
                try counted.reduce(Decimal(0)) {
                    $0 + Self.amount(try connection.ok("order.show \($1.number("id") ?? 0)"), "tax")
                })
            XCTAssertEqual(
                sums.reduce(0) { $0 + ($1["sales"]?.number("count") ?? 0) + ($1["returns"]?.number("count") ?? 0) },
                Int64(counted.count))
            for till in 1...2 {
                let numbers = try listed.compactMap { order -> Int64? in
                    let receipt = try connection.ok("pos.receipt order=\(order.number("id") ?? 0)")
                    return receipt.text("register") == "\(till)" ? receipt.number("number") : nil
                }
                XCTAssertEqual(numbers.sorted(), Array(1...Int64(numbers.count)))
            }
            // Each sale keeps what it came to, and nobody got more.
            for sale in listed where sale.text("kind") == "order" {
                let receipt = try connection.ok("pos.receipt order=\(sale.number("id") ?? 0)")
                XCTAssertGreaterThanOrEqual(Self.amount(receipt, "left"), 0)
            }
            XCTAssertGreaterThan(refused.count, 3)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    private static func line(_ step: Int, _ orders: Int64, _ random: inout SeededGenerator) -> String {
        let till = 1 + random.below(2)
        let order = 1 + random.below(max(1, Int(orders)))
        switch orders < 5 ? 0 : random.below(12) {
        case 0...5:
            let quantity = 1 + random.below(4)
            let lines =
                #"lines=[{"sku":"A","quantity":\#(quantity),"unit_price":"3.33","tax_rate":"19"},{"sku":"B","unit_price":"1.05","tax_rate":"7"}]"#
            let what = random.below(4) == 0 ? "total=\(1 + random.below(50)).00" : lines
            let coupon = random.below(3) == 0 ? " coupon=TEN" : ""
            return
                #"order.register channel=pos ext=s\#(step) \#(what)\#(coupon) placed_at=2026-01-0\#(1 + random.below(9))T10:00:00Z details={"register":"\#(till)"}"#
        case 6: return "pos.void order=\(order)"
        case 7: return #"pos.refund order=\#(order) at_register=\#(till) lines=[{"sku":"A","quantity":1}]"#
        case 8: return "pos.refund order=\(order) at_register=\(till)"
        case 9: return "pos.refund order=\(order) amount=1.00"
        case 10: return "order.refund \(order) amount=0.50"
        default:
            return random.below(3) == 0
                ? "pos.close-day register=\(till) day=2026-01-0\(1 + step / 40) counted=0.00"
                : "pos.claim order=\(order) customer=1"
        }
    }

    private static func amount(_ json: JSON, _ name: String) -> Decimal {
        json.text(name).flatMap { Decimal(string: $0) } ?? 0
    }
}
