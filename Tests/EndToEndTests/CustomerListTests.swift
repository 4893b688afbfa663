import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class CustomerListTests: XCTestCase {
    private static let count = 45

    func testEverySortOrderShowsEveryCustomerOnce() throws {
        try Self.withCustomers { connection in
            let keys: [String: (JSON) -> Double] = [
                "number": { Double($0.number("number") ?? 0) }, "orders": { Double($0.number("orders") ?? 0) },
                "total": { Double($0["totals"]?.text("EUR") ?? "0") ?? 0 },
            ]
            for sort in ["number", "name", "joined", "orders", "total", "last_order"] {
                for direction in ["", "-"] {
                    let rows = try connection.allRows("customer.list sort=\(direction)\(sort) limit=7")
                    XCTAssertEqual(Set(rows.compactMap { $0.number("id") }).count, Self.count, direction + sort)
                    XCTAssertEqual(rows.count, Self.count, direction + sort)
                    guard let key = keys[sort] else { continue }
                    let values = rows.map(key)
                    XCTAssertEqual(values, values.sorted(by: direction == "" ? { $0 < $1 } : { $0 > $1 }), sort)
                }
            }
            for direction in ["", "-"] {
                let rows = try connection.allRows("customer.list sort=\(direction)email limit=4")
                let emails = rows.compactMap { $0.text("email") }
                XCTAssertEqual(emails, emails.sorted(by: direction == "" ? { $0 < $1 } : { $0 > $1 }))
                XCTAssertEqual(emails.count, Self.count - Self.count / 5)
            }
            XCTAssertEqual(try connection.ok("customer.list limit=3 count=true").number("count"), Int64(Self.count))
        }
    }

    func testFiltersShowExactlyThoseWhoFit() throws {
        try Self.withCustomers { connection in
            let all = try connection.rows("customer.list limit=1000")
            let filters: [(String, (JSON) -> Bool)] = [
                ("tag=vip", { $0["tags"]?.arrayValue?.contains(.string("VIP")) == true }),
                ("channel=pos", { $0["channels"]?.arrayValue?.contains(.string("pos")) == true }),
                ("subscribed=true", { $0["subscribed"]?.boolValue == true }),
                ("subscribed=false", { $0["subscribed"]?.boolValue == false }),
                ("status=denied", { $0.text("status") == "denied" }),
                ("status=active", { $0.text("status") == "active" }),
                (
                    "tag=vip channel=pos status=active",
                    {
                        $0["tags"]?.arrayValue?.contains(.string("VIP")) == true && $0.text("status") == "active"
                            && $0["channels"]?.arrayValue?.contains(.string("pos")) == true
                    }
                ),
            ]
            for (filter, isWanted) in filters {
                let wanted = Set(all.filter(isWanted).compactMap { $0.number("id") })
                XCTAssertFalse(wanted.isEmpty, filter)
                for sort in ["number", "-name", "total", "-last_order"] {
                    let line = "customer.list \(filter) sort=\(sort) limit=2"
                    let rows = try connection.allRows(line).compactMap { $0.number("id") }
                    XCTAssertEqual(Set(rows), wanted, line)
                    XCTAssertEqual(rows.count, wanted.count, line)
                }
                let counted = try connection.ok("customer.list \(filter) count=true").number("count")
                XCTAssertEqual(counted, Int64(wanted.count), filter)
            }
            XCTAssertEqual(try connection.refusal("customer.list status=asleep"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.list sort=shoes"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.list limit=1001"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.list after=xyz"), "400 bad-value")
        }
    }

    func testSearchFindsFoldedWordsAndEveryKey() throws {
        try withShop { _, connection in
            for line in [
                #"customer.create name="Jürgen Müller" email=jm@shop.example.org phone="0171 2345678""#,
                #"customer.create name="Ayşe Işık" email=ayse.isik@example.com"#,
                #"customer.create name="Eva Weiß" company="Straßenbau GmbH""#,
                #"customer.create name="Bo Li" email=bo@example.net"#,
                "tag.assign customer=4 tag=Stammkunde",
                "order.register channel=online-shop ext=R-2024-77 customer=2 total=1.00",
            ] { try connection.ok(line) }
            let searches: [(String, [Int64])] = [
                ("müller", [1]), ("mueller", [1]), ("muller", [1]), ("MÜLLER", [1]), ("mull", [1]),
                ("jurgen mueller", [1]), ("ışık", [2]), ("isik", [2]), ("IŞIK", [2]), ("İSİK", [2]), ("ayse", [2]),
                ("weiß", [3]), ("weiss", [3]), ("WEISS", [3]), ("strassenbau", [3]), ("bo li", [4]), ("li bo", [4]),
                ("jm@shop.example.org", [1]), ("shop.example", [1]), ("ayse.isik", [2]), ("01712345678", [1]),
                ("+49 171 2345678", [1]), ("R-2024-77", [2]), ("stammkunde", [4]),
                ("müller weiss", []), ("nobody", []),
            ]
            for (search, wanted) in searches {
                let found = try connection.rows("customer.list search=\(JSON.string(search).text)")
                XCTAssertEqual(found.compactMap { $0.number("id") }, wanted, search)
            }
        }
    }

    func testAnOrdersNumberIsFoundInEitherCase() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            try connection.ok("order.register channel=online-shop ext=R-2024-77 customer=1 total=1.00")
            XCTAssertEqual(try connection.rows("customer.list search=r-2024-77").compactMap { $0.number("id") }, [1])
        }
    }

    func testACustomerIsFoundByOneExactKeyInAnySpelling() throws {
        try withShop { _, connection in
            try connection.ok(#"customer.create name=Ann email=ann@example.org phone="0171 2345678""#)
            try connection.ok(
                #"order.register channel=booking ext=1 customer={"ext":"u-9","email":"bo@example.org"} total=1.00 details={"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin"}"#
            )
            for (key, id) in [
                ("email=ANN@Example.ORG", 1), ("phone=+491712345678", 1), ("phone=01712345678", 1), ("number=2", 2),
                ("ext=u-9", 2), ("number=2 ext=u-9", 2),
            ] {
                let found = try connection.rows("customer.find \(key)").compactMap { $0.number("id") }
                XCTAssertEqual(found, [Int64(id)], key)
            }
            XCTAssertEqual(try connection.rows("customer.find number=1 ext=u-9"), [])
            XCTAssertEqual(try connection.refusal("customer.find"), "400 missing-argument")
        }
    }

    /// A shop with customers of all kinds: some without address, tagged, subscribed, denied, with orders.
    private static func withCustomers(_ body: (ControlConnection) throws -> Void) throws {
        try withShop { _, connection in
            var lines: [String] = []
            for number in 1...count {
                let email = number % 5 == 0 ? "" : " email=c\(number * 37 % 100)x\(number)@example.org"
                lines.append("customer.create name=\"N\(number * 7 % 10) C\(number)\"\(email)")
                if number % 3 == 0 { lines.append("tag.assign customer=\(number) tag=VIP") }
                if number % 4 == 0 { lines.append("consent.subscribe customer=\(number)") }
                for order in 0..<(number % 4) {
                    let channel = order == 0 ? "online-shop" : "pos"
                    let details = order == 0 ? "" : #" details={"register":"1","receipt":"\#(number)-\#(order)"}"#
                    lines.append(
                        "order.register channel=\(channel) ext=\(number)-\(order) customer=\(number)"
                            + " total=\(number * 13 % 50).50\(details)")
                }
                if number % 9 == 0 { lines.append("customer.deny \(number)") }
            }
            for (line, reply) in zip(lines, try connection.replies(to: lines)) { XCTAssertNil(reply.error, line) }
            try body(connection)
        }
    }
}
