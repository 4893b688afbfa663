import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// The purchases of a web shop that sold music; part of them, or all where `PATRON_ALL_DATA` is set.
final class RealWebOrdersTests: XCTestCase {
    func testPurchasesComeToWhatIsKnownAndEachIsPaidAndSent() throws {
        let isWhole = ProcessInfo.processInfo.environment["PATRON_ALL_DATA"] != nil
        let all = try Self.purchases()
        let expected = try JSON(
            parsing: String(contentsOf: RealData.url("orders/cdnow.expected.json"), encoding: .utf8))
        XCTAssertEqual(Int64(all.count), expected.number("orders"))
        XCTAssertEqual(all.reduce(0) { $0 + $1.cents }, Purchase.cents(expected.text("total") ?? ""))
        let purchases = isWhole ? all : Array(all.prefix(600))
        try withShop("currency=USD country=US time_zone=America/New_York account.invite=false") { daemon, connection in
            let answers = try Self.register(purchases, daemon)
            XCTAssertEqual(answers, purchases.count)

            let counts = Dictionary(grouping: purchases, by: \.email).mapValues(\.count)
            let customers = try connection.allRows("customer.list limit=1000")
            XCTAssertEqual(customers.count, counts.count)
            var differing: [String] = []
            for customer in customers {
                let own = purchases.filter { $0.email == customer.text("email") }
                let total = Purchase.cents(customer["totals"]?.text("USD") ?? "0.00")
                if customer.number("orders") != Int64(own.count) || total != own.reduce(0, { $0 + $1.cents }) {
                    differing.append(customer.text)
                }
                if isWhole { break }
            }
            XCTAssertEqual(differing, [])
            let total = customers.reduce(0) { $0 + Purchase.cents($1["totals"]?.text("USD") ?? "0.00") }
            XCTAssertEqual(total, purchases.reduce(0) { $0 + $1.cents })
            if isWhole {
                XCTAssertEqual(Int64(customers.count), expected.number("customers"))
                XCTAssertEqual(
                    customers.compactMap { $0.number("orders") }.max(), expected.number("max_orders_of_one_customer"))
                XCTAssertEqual(
                    Int64(customers.filter { $0.number("orders") ?? 0 >= 2 }.count),
                    expected.number("customers_with_2_or_more_orders"))
            }
            let sent = try connection.allRows("online-shop.orders fulfilment=fulfilled payment=paid limit=1000")
            XCTAssertEqual(sent.count, purchases.count)
            XCTAssertEqual(sent.filter { $0.text("state") != "completed" }, [])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    /// Registers, pays and ships over four connections, a customer's all over the same one; gives how many were done.
    private static func register(_ purchases: [Purchase], _ daemon: RunningDaemon) throws -> Int {
        let parts = Dictionary(grouping: purchases) { $0.email.utf8.reduce(0) { $0 + Int($1) } % 4 }
        let counts = try concurrently(4) { number in
            let connection = try daemon.connect(to: "acme")
            let part = parts[number] ?? []
            let replies = try connection.replies(to: part.flatMap(\.requests))
            for reply in replies { _ = try XCTUnwrap(reply.ok, reply.error?.text ?? "") }
            return part.count
        }
        return counts.reduce(0, +)
    }

    private static func purchases() throws -> [Purchase] {
        let url = try RealData.url("orders/cdnow.ndjson.gz")
        return try withTemporaryDirectory { directory in
            let text = "\(directory)/purchases"
            let gzip = try ChildProcess(["gzip", "-dc", url.path], output: text)
            XCTAssertEqual(gzip.wait(), .exited(0))
            return try String(contentsOfFile: text, encoding: .utf8).split(separator: "\n").map {
                try Purchase(JSON(parsing: String($0)))
            }
        }
    }
}

/// A purchase of the file.
private struct Purchase: Sendable {
    let email: String
    let cents: Int
    /// Registered, paid unless it was free, and shipped.
    let requests: [String]

    init(_ json: JSON) throws {
        let (id, total) = (json.text("id") ?? "", json.text("total") ?? "")
        email = json.text("email") ?? ""
        cents = Self.cents(total)
        let register =
            #"order.register channel=online-shop ext=\#(id) customer={"email":"\#(email)"} total=\#(total)"#
            + " placed_at=\(json.text("placed_on") ?? "")"
        let pay = cents == 0 ? [] : ["online-shop.pay ext=\(id) method=card reference=\(id)"]
        requests = [register] + pay + ["online-shop.ship ext=\(id)"]
    }

    /// An amount in cents.
    static func cents(_ text: String) -> Int {
        Int(text.filter { $0 != "." }) ?? .min / 1_000_000
    }
}
