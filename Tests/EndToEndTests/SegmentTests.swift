import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class SegmentTests: XCTestCase {
    /// Customers 1 to 30: every third a VIP, every fifth new, in two countries, with 0 to 3 orders.
    private func withCrowd(_ body: (ControlConnection) throws -> Void) throws {
        try withShop { _, connection in
            var lines: [String] = []
            for number in 1...30 {
                lines.append(
                    "customer.create name=\"Customer \(number)\" country=\(number % 2 == 0 ? "DE" : "TR") test=\(number > 27)"
                )
                if number % 3 == 0 { lines.append("tag.assign customer=\(number) tag=VIP") }
                if number % 5 == 0 { lines.append("tag.assign customer=\(number) tag=New") }
                for order in 0..<(number % 4) {
                    lines.append(
                        "order.register channel=online-shop ext=\(number)-\(order) customer=\(number) total=10.00"
                            + " placed_at=2026-0\(1 + number % 9)-01 test=\(number > 27)")
                }
            }
            for (line, reply) in zip(lines, try connection.replies(to: lines)) { XCTAssertNil(reply.error, line) }
            try body(connection)
        }
    }

    private func ids(_ line: String, _ connection: ControlConnection) throws -> [Int] {
        try connection.allRows(line).compactMap { $0.number("id").map { Int($0) } }
    }

    func testEveryFilterShowsExactlyThoseWhoFitHoweverTheyAreSorted() throws {
        try withCrowd { connection in
            let all = 1...30
            let wanted: [(String, (Int) -> Bool)] = [
                (#"tags_any=["vip","NEW"]"#, { $0 % 3 == 0 || $0 % 5 == 0 }),
                ("tags_any=vip,nosuch", { $0 % 3 == 0 }),
                ("tags_all=vip,new", { $0 % 15 == 0 }),
                ("tags_all=vip,nosuch", { _ in false }),
                ("tags_none=vip,nosuch", { $0 % 3 != 0 }),
                ("untagged=true", { $0 % 3 != 0 && $0 % 5 != 0 }),
                ("untagged=false", { $0 % 3 == 0 || $0 % 5 == 0 }),
                ("tag=vip tags_none=new", { $0 % 3 == 0 && $0 % 5 != 0 }),
                ("country=de", { $0 % 2 == 0 }),
                ("test=true", { $0 > 27 }),
                ("orders_min=2 orders_max=2", { $0 % 4 == 2 }),
                ("total_min=20.01 test=false", { $0 % 4 == 3 && $0 <= 27 }),
                ("last_order_after=2026-05-01", { $0 % 4 > 0 && $0 % 9 >= 4 }),
                ("last_order_before=2026-05-01", { $0 % 4 > 0 && $0 % 9 < 4 }),
                ("joined_from=2020-01-01 joined_to=2021-01-01", { _ in false }),
                ("account=none", { _ in true }), ("account=accounts", { _ in false }),
                ("search=customer country=TR tag=vip", { $0 % 2 == 1 && $0 % 3 == 0 }),
            ]
            for (filter, fits) in wanted {
                for sort in ["number", "-number", "name", "-orders", "last_order", "-total"] {
                    let line = "customer.list \(filter) sort=\(sort) limit=4"
                    XCTAssertEqual(try ids(line, connection).sorted(), all.filter(fits), line)
                }
                let count = try connection.ok("customer.list \(filter) limit=1 count=true").number("count")
                XCTAssertEqual(count, Int64(all.filter(fits).count), filter)
            }
            XCTAssertEqual(try connection.refusal("customer.list country=Atlantis"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.list account=some"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.list segment=nosuch"), "404 no-segment")
        }
    }

    func testASegmentIsWhoeverFitsItNow() throws {
        try withCrowd { connection in
            let made = try connection.ok("segment.create name=Regulars tag=vip orders_min=2 total_min=20")
            XCTAssertEqual(made.text("segment"), "Regulars")
            XCTAssertEqual(made["rule"]?.text, #"{"tag":"vip","orders_min":2,"total_min":"20.00"}"#)
            let before = [3, 6, 15, 18, 27, 30]
            XCTAssertEqual(made.number("count"), Int64(before.count))
            XCTAssertEqual(try ids("customer.list segment=REGULARS sort=-name", connection).sorted(), before)
            XCTAssertEqual(try ids("customer.list segment=regulars tag=new", connection), [15, 30])

            try connection.ok("tag.assign customer=2 tag=VIP")
            try connection.ok("tag.remove customer=3 tag=VIP")
            XCTAssertEqual(try ids("customer.list segment=regulars", connection), [2, 6, 15, 18, 27, 30])
            XCTAssertEqual(try connection.ok("segment.show regulars").number("count"), 6)
            try connection.ok("tag.rename tag=vip name=Gold")
            XCTAssertEqual(try connection.ok("segment.show regulars")["rule"]?.text("tag"), "Gold")
            XCTAssertEqual(try connection.ok("segment.show regulars").number("count"), 6)

            let changed = try connection.ok(#"segment.update regulars name=Best orders_min=3"#)
            XCTAssertEqual(changed["rule"]?.text, #"{"tag":"Gold","orders_min":3,"total_min":"20.00"}"#)
            XCTAssertEqual(try connection.refusal("segment.create name=BEST"), "409 segment-exists")
            XCTAssertEqual(try connection.refusal("segment.create name=\" \""), "400 bad-value")
            XCTAssertEqual(try connection.rows("segment.list").compactMap { $0.text("segment") }, ["Best"])
            try connection.ok("segment.delete best")
            XCTAssertEqual(try connection.refusal("segment.show best"), "404 no-segment")
        }
    }

    func testABulkChangeIsDoneOnlyToAsManyAsWerePreviewed() throws {
        try withCrowd { connection in
            let preview = try connection.ok("bulk.tag put=Summer country=TR tag=vip preview=true")
            XCTAssertEqual(preview.text, #"{"preview":true,"count":5}"#)
            XCTAssertEqual(try ids("customer.list tag=summer", connection), [])
            XCTAssertEqual(try connection.refusal("bulk.tag put=Summer country=TR tag=vip"), "400 missing-argument")
            try connection.ok("tag.assign customer=1 tag=vip")
            let refused = try XCTUnwrap(try connection.ask("bulk.tag put=Summer country=TR tag=vip expect=5").error)
            XCTAssertEqual(refused.slug, "count-differs")
            XCTAssertEqual(try ids("customer.list tag=summer", connection), [])

            let done = try connection.ok("bulk.tag put=Summer country=TR tag=vip expect=6")

            XCTAssertEqual(done.text, #"{"preview":false,"count":6,"changed":6}"#)
            XCTAssertEqual(try ids("customer.list tag=summer", connection), [1, 3, 9, 15, 21, 27])
            XCTAssertEqual(try ids("customer.list search=summ", connection), [1, 3, 9, 15, 21, 27])
            XCTAssertEqual(try connection.ok("bulk.untag take=summer orders_min=3 expect=7").number("changed"), 3)
            XCTAssertEqual(try ids("customer.list tag=summer", connection), [1, 9, 21])
            try connection.ok("group.create name=Trade")
            XCTAssertEqual(try connection.ok("bulk.group into=trade tag=summer expect=3").number("changed"), 3)
            XCTAssertEqual(try ids("customer.list group=trade sort=name", connection), [1, 21, 9])
            XCTAssertEqual(
                try connection.ok("bulk.ungroup from=trade tag=vip group=trade expect=3").number("changed"), 3)
            XCTAssertEqual(try connection.refusal("bulk.group into=nosuch expect=30"), "404 no-group")
        }
    }

    func testConsentGoesOffForManyButNeverOn() throws {
        try withCrowd { connection in
            for customer in [3, 6, 7] { try connection.ok("consent.subscribe customer=\(customer)") }

            let done = try connection.ok("bulk.unsubscribe purpose=newsletter tag=vip expect=10")

            XCTAssertEqual(done.number("changed"), 2)
            XCTAssertEqual(try ids("customer.list subscribed=true", connection), [7])
        }
    }

    func testTheListShowsAccountsAloneWhereTheTenantSaysSo() throws {
        try withShop { _, connection in
            try connection.ok("tenant.set guest.record=account list.default=accounts")
            try connection.ok("customer.create name=Ann")
            try connection.ok(
                "order.register channel=online-shop ext=1 customer={\"email\":\"bo@example.org\"} total=1.00")

            XCTAssertEqual(try ids("customer.list", connection), [2])
            XCTAssertEqual(try ids("customer.list account=everyone", connection), [1, 2])
            XCTAssertEqual(try ids("customer.list account=none", connection), [1])
            XCTAssertEqual(try ids("customer.list account=invited", connection), [2])
            XCTAssertEqual(try connection.ok("bulk.tag put=vip preview=true").number("count"), 1)
            XCTAssertEqual(try connection.ok("bulk.tag put=vip preview=true account=everyone").number("count"), 2)
            XCTAssertEqual(try connection.ok("segment.create name=open orders_min=0").number("count"), 1)
            XCTAssertEqual(
                try connection.ok("segment.create name=all orders_min=0 account=everyone").number("count"), 2)
            XCTAssertEqual(try ids("customer.list segment=all", connection), [1, 2])
        }
    }
}
