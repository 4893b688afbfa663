import ControlClient
import Foundation
import Registry
import StrictJSON
import TestSupport
import XCTest

final class RealOrdersTests: XCTestCase {
    func testAYearOfOrdersGivesEveryCustomerTheTotalsThatAreKnown() throws {
        let lines = try Self.lines(of: RealData.url("orders/orders.ndjson"))
        let expected = try Self.expectedCustomers()
        try withShop("currency=GBP country=GB time_zone=Europe/London") { daemon, connection in
            let documents = try lines.map(OrderDocument.init)

            let first = try Self.register(documents, daemon)

            XCTAssertEqual(documents.count, 11_138)
            XCTAssertEqual(first.filter { $0["existing"]?.boolValue == false }.count, documents.count)
            try assertCustomers(expected, documents, connection)

            let again = try Self.register(documents, daemon)

            XCTAssertEqual(again.filter { $0["existing"]?.boolValue == true }.count, documents.count)
            XCTAssertEqual(again.map { $0.number("order") }, first.map { $0.number("order") })
            try assertCustomers(expected, documents, connection)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    private func assertCustomers(
        _ expected: [String: ExpectedCustomer], _ documents: [OrderDocument], _ connection: ControlConnection
    ) throws {
        let returns = try connection.allRows("order.list limit=1000").filter { $0.text("kind") == "return" }
        let returnCounts = Dictionary(grouping: returns) { $0.number("customer") ?? 0 }.mapValues(\.count)
        let lineCounts = Dictionary(grouping: documents, by: \.email).mapValues { $0.reduce(0) { $0 + $1.lineCount } }
        let customers = try connection.allRows("customer.list limit=1000")

        XCTAssertEqual(customers.count, 2_161)
        var differences: [String] = []
        for customer in customers {
            let email = customer.text("email") ?? ""
            let key = String(email.dropFirst("customer-".count).prefix { $0 != "@" })
            guard let want = expected[key], let id = customer.number("id") else {
                differences.append("\(email) is not expected")
                continue
            }
            let net = Decimal(string: customer["totals"]?.text("GBP") ?? "0") ?? .nan
            let tolerance = Decimal(string: "0.005").map { $0 * Decimal(lineCounts[email] ?? 0) } ?? 0
            if customer.number("orders") != want.orders || returnCounts[id] ?? 0 != want.cancellations
                || abs(net - want.net) > tolerance
            {
                differences.append("\(customer.text) instead of \(want)")
            }
        }
        XCTAssertEqual(differences, [])
    }

    /// Registers documents over four connections, a customer's all over the same one, and returns the answers.
    private static func register(_ documents: [OrderDocument], _ daemon: RunningDaemon) throws -> [JSON] {
        let parts = Dictionary(grouping: documents.enumerated()) {
            $0.element.email.utf8.reduce(0) { $0 + Int($1) } % 4
        }
        let answers = try concurrently(4) { number in
            let connection = try daemon.connect(to: "acme")
            let part = parts[number] ?? []
            let replies = try connection.replies(to: part.map(\.element.request))
            return try zip(part, replies).map { document, reply in
                let answer = try XCTUnwrap(reply.ok, "\(document.element.request): \(reply.error?.text ?? "")")
                return (document.offset, answer)
            }
        }
        return answers.flatMap(\.self).sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func lines(of url: URL) throws -> [String] {
        let text = try String(contentsOf: url, encoding: .utf8)
        return text.components(separatedBy: .newlines).filter { !$0.isEmpty }
    }

    private static func expectedCustomers() throws -> [String: ExpectedCustomer] {
        let url = try RealData.url("orders/online-retail-2009-2010.expected-customers.csv")
        var customers: [String: ExpectedCustomer] = [:]
        for line in try lines(of: url).dropFirst() {
            let cells = line.components(separatedBy: ",")
            guard let orders = Int64(cells[1]), let cancellations = Int(cells[2]), let net = Decimal(string: cells[7])
            else { continue }
            customers[cells[0]] = ExpectedCustomer(orders: orders, cancellations: cancellations, net: net)
        }
        return customers
    }
}

/// What is known of a customer.
private struct ExpectedCustomer {
    let orders: Int64
    let cancellations: Int
    let net: Decimal
}

/// One line of the file, as a request.
private struct OrderDocument: Sendable {
    let request: String
    let email: String
    let lineCount: Int

    init(_ line: String) throws {
        // The lines of the order are taken over as they are written.
        let halves = line.components(separatedBy: #","lines":"#)
        let head = try JSON(parsing: halves[0] + "}")
        email = head.text("email") ?? ""
        lineCount = halves[1].components(separatedBy: #""sku":"#).count - 1
        let kind = head.text("kind") == "cancellation" ? "return" : "order"
        let country = head.text("country") ?? ""
        // What is no country is part of an address as it was written.
        let place =
            (try? Country(country)) == nil
            ? #""address":{"country":"\#(country)"}"# : #""country":"\#(country)""#
        request =
            "order.register channel=online-shop ext=\(head.text("id") ?? "") kind=\(kind)"
            + #" customer={"email":"\#(email)",\#(place)} currency=\#(head.text("currency") ?? "")"#
            + " placed_at=\(head.text("placed_at") ?? "") lines=\(halves[1].dropLast())"
    }
}
