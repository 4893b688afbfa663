import ChannelKit
import PointOfSale
import XCTest

final class TillTests: XCTestCase {
    func testADayEndsWhenTheNextBeginsAndWhatComesLaterCountsOnThat() throws {
        var till = try Till(["day_begins": "4"], at: "2026-11-22T23:30:00Z")
        _ = try till.perform("set-register", #"{"register":"bar"}"#)
        _ = try till.perform("open-day", #"{"register":"bar","float":"50.00"}"#)
        let evening = try till.sell(#"{"register":"bar","tenders":[{"kind":"cash","amount":"12.00"}]}"#, total: 1_200)
        try till.set("2026-11-23T02:59:00Z")
        let night = try till.sell(#"{"register":"bar"}"#, total: 800)

        let report = try till.perform("close-day", #"{"register":"bar","counted":"62.00"}"#)
        let afterwards = try till.sell(#"{"register":"bar"}"#, total: 500)

        XCTAssertEqual([evening, night].map { $0["business_day"] }, [.string("2026-11-22"), .string("2026-11-22")])
        XCTAssertEqual(report["day"], .string("2026-11-22"))
        XCTAssertEqual(report["closed_by"], .string("staff:lena"))
        XCTAssertEqual(report["cash"]?["difference"], .string("0.00"))
        XCTAssertEqual(report["currencies"]?["EUR"]?["net"], .string("20.00"))
        XCTAssertEqual(afterwards["business_day"], .string("2026-11-23"))
        XCTAssertEqual(afterwards["late"], .bool(true))
        XCTAssertThrowsError(try till.perform("close-day", #"{"register":"bar","counted":"0.00"}"#)) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "day-closed")
        }
        XCTAssertThrowsError(
            try till.perform("close-day", #"{"register":"bar","counted":"0.00","day":"2026-11-23"}"#)
        ) { XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "in-the-future") }
        try till.set("2026-11-23T03:00:00Z")
        let next = try till.perform("close-day", #"{"register":"bar","counted":"0.00"}"#)
        XCTAssertEqual(next["receipts"]?["late"], .number("1"))
        XCTAssertEqual(next["cash"]?["opening"], .string("0.00"))
    }

    func testTheLocationIsTheSalesElseTheRegistersElseTheSettings() throws {
        let till = try Till(["location": "Hafen"], at: "2026-11-22T10:00:00Z")
        _ = try till.perform("set-register", #"{"register":"7","location":"Markt"}"#)
        _ = try till.perform("set-register", #"{"register":"8"}"#)

        let orders = try [
            #"{"register":"7","location":"Altstadt"}"#, #"{"register":"7"}"#, #"{"register":"8"}"#,
            #"{"register":"9","receipt":"1"}"#,
        ].map { try till.sell($0, total: 100) }

        XCTAssertEqual(orders.map { $0["receipt"] }, [.string("1"), .string("2"), .string("1"), .string("1")])
        XCTAssertEqual(
            orders.map { $0["location"] },
            [.string("Altstadt"), .string("Markt"), .string("Hafen"), .string("Hafen")])
    }

    func testTheTaxOfEachRateAddsUpToTheOrders() throws {
        let till = try Till(at: "2026-11-22T10:00:00Z")
        _ = try till.perform("set-register", #"{"register":"7"}"#)
        for number in 1...40 {
            let lines = try (1...5).map { index in
                OrderLine(
                    sku: nil, name: nil, quantity: Quantity(micros: Int64(index * number) * 125_000),
                    unitPrice: UnitPrice(micros: Int64(7_919 * number * index)),
                    taxRate: index == 5 ? nil : try Percentage(parsing: ["19", "7", "10.7", "0"][index - 1]))
            }
            _ = try till.sell(#"{"register":"7"}"#, lines: lines, kind: number % 4 == 0 ? .return : .order)
        }

        let sums = try till.perform("day", #"{"register":"7"}"#)["currencies"]?["EUR"]

        let rates = sums?["tax_rates"]?.arrayValue ?? []
        let euro = try Currency("EUR")
        let taxes = try rates.map { try Money(parsing: $0["tax"]?.stringValue ?? "", in: euro).minor }
        XCTAssertEqual(rates.map { $0["rate"] }, ["0", "7", "10.7", "19"].map { .string($0) })
        XCTAssertEqual(
            taxes.reduce(0, +), try Money(parsing: sums?["tax"]?.stringValue ?? "", in: euro).minor)
        XCTAssertEqual(taxes.first, 0)
    }
}
