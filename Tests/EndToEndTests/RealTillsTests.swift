import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// A year of a chain's tills; part of it, or all where `PATRON_ALL_DATA` is set.
final class RealTillsTests: XCTestCase {
    func testAYearOfBasketsComesToWhatIsKnown() throws {
        let isWhole = ProcessInfo.processInfo.environment["PATRON_ALL_DATA"] != nil
        let lines = try Self.lines()
        let expected = try JSON(
            parsing: String(contentsOf: RealData.url("orders/complete-journey-pos.expected.json"), encoding: .utf8))
        XCTAssertEqual(Int64(lines.count), expected.number("orders"))
        let baskets = try (isWhole ? lines[...] : lines.prefix(4_000)).map { try Basket(JSON(parsing: String($0))) }
        let byStore = Dictionary(grouping: baskets, by: \.store)
        let busiest = byStore.sorted { ($0.value.count, $0.key) > ($1.value.count, $1.key) }.prefix(3).map(\.key)

        try withShop("currency=USD country=US time_zone=America/New_York account.invite=false") { daemon, connection in
            for store in busiest { try connection.ok("pos.set-register register=\(store) location=store-\(store)") }
            let registered = try Self.register(baskets, daemon)
            XCTAssertEqual(registered, baskets.count)

            let customers = try connection.allRows("customer.list limit=1000")
            let counts = Dictionary(grouping: baskets, by: \.customer).mapValues(\.count)
            XCTAssertEqual(customers.count, counts.count)
            XCTAssertEqual(customers.map { Int($0.number("orders") ?? 0) }.sorted(), counts.values.sorted())
            let total = customers.reduce(0) { $0 + Basket.cents($1["totals"]?.text("USD") ?? "0.00") }
            XCTAssertEqual(total, baskets.reduce(0) { $0 + $1.cents })
            if isWhole {
                XCTAssertEqual(Int64(counts.count), expected.number("customers"))
                XCTAssertEqual(Int64(counts.values.max() ?? 0), expected.number("max_orders_of_one_customer"))
                XCTAssertEqual(total, Basket.cents(expected.text("total") ?? ""))
            }
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)

            for store in busiest { try assertDays(of: store, byStore[store] ?? [], connection) }
        }
    }

    /// Closes a store's days one after the other and compares what they come to.
    private func assertDays(of store: String, _ baskets: [Basket], _ connection: ControlConnection) throws {
        for (day, sold) in Dictionary(grouping: baskets, by: \.day).sorted(by: { $0.key < $1.key }) {
            let report = try connection.ok("pos.close-day register=\(store) day=\(day) counted=0.00")
            let sales = report["currencies"]?["USD"]?["sales"]
            XCTAssertEqual(sales?.number("count"), Int64(sold.count), "\(store) \(day)")
            XCTAssertEqual(
                Basket.cents(sales?.text("total") ?? ""), sold.reduce(0) { $0 + $1.cents }, "\(store) \(day)")
        }
    }

    /// Registers baskets over four connections, a customer's all over the same one, and returns how many were new.
    private static func register(_ baskets: [Basket], _ daemon: RunningDaemon) throws -> Int {
        let parts = Dictionary(grouping: baskets) { ($0.customer.utf8.last.map { Int($0) } ?? 0) % 4 }
        let counts = try concurrently(4) { number in
            let connection = try daemon.connect(to: "acme")
            let part = parts[number] ?? []
            return try zip(part, connection.replies(to: part.map(\.request))).filter { basket, reply in
                try XCTUnwrap(reply.ok, "\(basket.request): \(reply.error?.text ?? "")")["existing"]?.boolValue == false
            }.count
        }
        return counts.reduce(0, +)
    }

    private static func lines() throws -> [Substring] {
        let url = try RealData.url("orders/complete-journey-pos.ndjson.gz")
        return try withTemporaryDirectory { directory in
            let text = "\(directory)/baskets"
            let gzip = try ChildProcess(["gzip", "-dc", url.path], output: text)
            XCTAssertEqual(gzip.wait(), .exited(0))
            return try String(contentsOfFile: text, encoding: .utf8).split(separator: "\n")
        }
    }
}

/// A basket of the file.
private struct Basket: Sendable {
    let customer: String
    let store: String
    let day: String
    let cents: Int
    let request: String

    init(_ json: JSON) throws {
        let id = json.text("id") ?? ""
        let time = json.text("placed_at_local") ?? ""
        let total = json.text("total") ?? ""
        customer = json.text("customer_key") ?? ""
        store = json.text("store") ?? ""
        day = String(time.prefix(10))
        cents = Self.cents(total)
        request =
            #"order.register channel=pos ext=\#(id) customer={"ext":"\#(customer)"} placed_at=\#(time) total=\#(total)"#
            + #" details={"register":"\#(store)","receipt":"\#(id)"}"#
    }

    /// An amount in cents.
    static func cents(_ text: String) -> Int {
        Int(text.filter { $0 != "." }) ?? .min / 1_000_000
    }
}
