import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// What tills sold offline comes to the same in whatever order it arrives, and however often.
final class TillQueueTests: XCTestCase {
    private static let tills = ["1", "2", "kiosk"]
    private static let people = ["ann", "bo", "cem", "dora", "eda"]

    func testAQueueComesToTheSameInAnyOrderAndTwice() throws {
        var random = SeededGenerator(seed: 44)
        let sales = (0..<60).map { Self.sale($0, &random) }
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            var expected: JSON?
            for round in 0..<6 {
                let order = round == 0 ? sales : sales.shuffled(using: &random)
                let connection = try Self.shop("t\(round)", daemon)

                if round % 2 == 0 {
                    try Self.register(order + order.shuffled(using: &random), daemon, "t\(round)")
                } else {
                    try Self.replay(order, connection)
                    try Self.replay(Array(order.reversed()), connection)
                }

                let state = try Self.state(of: connection, sales)
                XCTAssertEqual(state.text, (expected ?? state).text, "round \(round)")
                expected = state
                XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
            }
        }
    }

    func testAQueueIsNoWayToGuessCoupons() throws {
        try withShop { daemon, staff in
            try staff.ok("coupon.create code=REAL percent=10")
            let token = try XCTUnwrap(staff.ok("token.create role=channel channel=pos").text("token"))
            let till = try daemon.connect()
            try till.ok("auth \(token)")
            func replay(_ connection: ControlConnection, _ codes: [String]) throws -> [String?] {
                let sales = codes.map { code in
                    #"{"ext":"\#(code)","placed_at":"2026-01-05T09:00:00Z","total":"1.00","coupon":"\#(code)","#
                        + #""details":{"register":"7","receipt":"\#(code)"}}"#
                }
                return try connection.rows("pos.replay sales=[\(sales.joined(separator: ","))]").map { row in
                    row.text("error")
                }
            }

            let first = try replay(till, (0..<50).map { "NONE\($0)" })
            let second = try replay(till, (50..<70).map { "NONE\($0)" } + ["REAL"])

            XCTAssertEqual(first.compactMap(\.self), [])
            XCTAssertEqual(second.filter { $0 == nil }.count, 10)
            XCTAssertEqual(second.last, "quota")
            XCTAssertEqual(try till.refusal("coupon.check REAL"), "429 quota")
            // What is there already is no guess, and staff guess nothing.
            XCTAssertEqual(try replay(till, ["NONE1"]), [nil])
            XCTAssertEqual(try replay(staff, ["REAL"]), [nil])
            XCTAssertEqual(try staff.ok("order.show channel=pos ext=REAL").text("discount"), "0.10")
        }
    }

    func testWhatIsRefusedKeepsNothingElseOut() throws {
        try withShop { _, connection in
            try connection.ok("pos.set-register 7")
            let replay = #"""
                pos.replay sales=[{"ext":"b","placed_at":"2026-01-05T11:00:00Z","total":"1.00","details":{"register":"7"}},\#
                {"ext":"x","placed_at":"2026-01-05T09:00:00Z","total":"1.00","coupon":"NONE","customer":{"email":"ann@example.org"},"details":{"register":"7"}},\#
                {"ext":"a","placed_at":"2026-01-05T10:00:00Z","total":"1.00","details":{"register":"7"}}]
                """#

            let rows = try connection.rows(replay)

            // The earlier sale has the earlier number.
            XCTAssertEqual(rows.map { $0.text("receipt") }, ["3", "1", "2"])
            XCTAssertEqual(rows.map { $0.text("error") }, [nil, nil, nil])
            XCTAssertEqual(try connection.rows(replay).map { $0["existing"]?.boolValue }, [true, true, true])
            XCTAssertEqual(try connection.refusal("pos.replay sales=[]"), "422 incomplete")
            let mixed = try connection.rows(
                #"pos.replay sales=[7,{"total":"1.00"},{"ext":"q","total":"1.00"},{"ext":"ok","placed_at":"2026-01-05","total":"1.00","details":{"register":"7"}}]"#
            )
            XCTAssertEqual(mixed.map { $0.text("error") }, ["bad-value", "bad-value", "bad-value", nil])
            XCTAssertEqual(mixed.last?["existing"]?.boolValue, false)
            let unknown = try connection.rows(
                #"pos.replay sales=[{"ext":"q","placed_at":"2026-01-05","cheque":1,"details":{"register":"7"}}]"#)
            XCTAssertEqual(unknown.map { $0.text("error") }, ["bad-value"])
        }
    }

    /// A shop with a register that has closed a day, one that has not, and one that nobody set up.
    private static func shop(_ name: String, _ daemon: RunningDaemon) throws -> ControlConnection {
        try daemon.connect().ok("tenant.create \(name) currency=EUR country=DE")
        let connection = try daemon.connect(to: name)
        try connection.ok("customer.create name=Carla")
        try connection.ok("pos.set-card customer=1 card=C-1")
        try connection.ok("coupon.create code=TEN percent=10")
        for till in tills.dropLast() { try connection.ok("pos.set-register \(till)") }
        try connection.ok("pos.close-day register=1 day=2026-01-03 counted=0.00")
        return connection
    }

    /// Members of a sale, in JSON.
    private static func sale(_ number: Int, _ random: inout SeededGenerator) -> (ext: String, members: [JSON.Member]) {
        func text(_ name: String, _ value: String) -> JSON.Member { JSON.Member(name: name, value: .string(value)) }
        let till = random.pick(tills)
        var details = [text("register", till), text("receipt", "R\(number)")]
        // Who sells offline has no numbers of Patron's.
        let day = 1 + random.below(6)
        let hour = random.below(24)
        let cents = 100 + random.below(5_000)
        let total = "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
        var members = [
            text("ext", "\(till)/\(number)"),
            text("placed_at", "2026-01-0\(day)T\(hour < 10 ? "0" : "")\(hour):00:00Z"),
        ]
        switch random.below(4) {
        case 0: break
        case 1: details.append(text("card", random.pick(["C-1", "C-unknown"])))
        default:
            let name = random.pick(people)
            members.append(
                JSON.Member(
                    name: "customer", value: .object([text("email", "\(name)@example.org"), text("name", name)])))
        }
        if random.below(4) == 0 { members.append(text("coupon", "TEN")) }
        if random.below(5) == 0 { members.append(text("state", random.pick(["open", "voided"]))) }
        if random.below(8) == 0 {
            members.append(text("kind", "return"))
            members.removeAll { $0.name == "coupon" }
        } else if random.below(2) == 0 {
            let tender = JSON.object([text("kind", random.pick(["cash", "card"])), text("amount", total)])
            details.append(JSON.Member(name: "tenders", value: .array([tender])))
        }
        members += [text("total", total), JSON.Member(name: "details", value: .object(details))]
        return ("\(till)/\(number)", members)
    }

    /// Registers sales one by one over three connections.
    private static func register(
        _ sales: [(ext: String, members: [JSON.Member])], _ daemon: RunningDaemon, _ tenant: String
    ) throws {
        let lines = sales.map { sale in
            "order.register channel=pos " + sale.members.map { "\($0.name)=\($0.value.text)" }.joined(separator: " ")
        }
        _ = try concurrently(3) { part in
            let connection = try daemon.connect(to: tenant)
            let own = lines.indices.filter { $0 % 3 == part }.map { lines[$0] }
            for reply in try connection.replies(to: own) { XCTAssertNil(reply.error) }
        }
    }

    /// Replays sales in queues of 25.
    private static func replay(
        _ sales: [(ext: String, members: [JSON.Member])], _ connection: ControlConnection
    ) throws {
        for start in stride(from: 0, to: sales.count, by: 25) {
            let queue = sales[start..<min(start + 25, sales.count)].map { JSON.object($0.members) }
            for row in try connection.rows("pos.replay sales=\(JSON.array(queue).text)") {
                XCTAssertNil(row.text("error"), row.text)
            }
        }
    }

    /// All that a shop would look at, without the ids, which tell what came first.
    private static func state(
        of connection: ControlConnection, _ sales: [(ext: String, members: [JSON.Member])]
    ) throws -> JSON {
        let customers = try connection.allRows("customer.list")
        let names = Dictionary(uniqueKeysWithValues: customers.map { ($0.number("id") ?? 0, $0.text("name") ?? "") })
        let receipts = try sales.map { sale in
            let receipt = try connection.ok("pos.receipt ext=\(sale.ext)")
            let own = ["order", "claim_code", "customer"]
            let owner = receipt.number("customer").flatMap { names[$0] }
            return JSON.object(
                (receipt.objectValue ?? []).filter { !own.contains($0.name) }
                    + [JSON.Member(name: "owner", value: owner.map { .string($0) } ?? .null)])
        }
        let people = customers.sorted { $0.text("name") ?? "" < $1.text("name") ?? "" }.map { customer in
            JSON.object(
                (customer.objectValue ?? []).filter {
                    ["name", "email", "orders", "totals", "channels", "subscribed"].contains($0.name)
                })
        }
        let days = try tills.flatMap { till in
            try ["2026-01-03", "2026-01-04", "2026-01-06"].map {
                try connection.ok("pos.day register=\(till) day=\($0)")
            }
        }
        // A closed day tells when it was closed.
        let reports = days.map { day in
            JSON.object((day.objectValue ?? []).filter { $0.name != "closed_at" })
        }
        return .array(receipts + people + reports)
    }
}
