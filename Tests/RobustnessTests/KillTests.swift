import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class KillTests: XCTestCase {
    private static let rounds = 20
    private static let clients = 4
    private static let ordersOfAClient = 50
    private static let coupons = (0..<5).map { "TEN\($0)" }

    /// What must be in the registry: each order by its external id, with the daemon's id of it.
    private var ledger: [String: (order: SampleOrder, id: Int64)] = [:]
    /// How many orders a kill left without an answer.
    private var unansweredCount = 0

    func testWhatWasAnsweredIsThereOnceAndWholeAfterEveryKill() throws {
        try withTemporaryDirectory { directory in
            var random = SeededGenerator(seed: 8)
            var daemon = try RunningDaemon(in: directory)
            let setup = try daemon.connect()
            for line in ["tenant.create name=acme", "use acme"]
                + Self.coupons.map({ "coupon.create code=\($0) percent=10 limit=60" })
            {
                XCTAssertNil(try setup.ask(line).error)
            }

            for round in 0..<Self.rounds {
                let loads = try run(round, on: daemon, &random)
                daemon.kill()
                daemon = try RunningDaemon(in: directory)
                let connection = try daemon.connect(to: "acme")
                try checkVerified(connection)
                try checkAnswered(loads, connection)
                try checkUnanswered(loads, connection)
            }

            let connection = try daemon.connect(to: "acme")
            try checkVerified(connection)
            try checkOrders(connection)
            try checkCustomers(connection)
            try checkCoupons(connection)
            XCTAssertGreaterThan(ledger.count, 500)
            XCTAssertGreaterThan(unansweredCount, 50)
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }

    /// Loads the daemon from several connections and kills it at the n-th line sent, or the n-th answer.
    private func run(
        _ round: Int, on daemon: RunningDaemon, _ random: inout SeededGenerator
    ) throws -> [OrderLoad] {
        let orders = (0..<Self.clients).map { client in
            (0..<Self.ordersOfAClient).map { number in
                SampleOrder(
                    ext: "\(round)-\(client)-\(number)",
                    email: random.below(3) == 0
                        ? "new-\(round)-\(client)-\(number)@example.org" : "known-\(random.below(25))@example.org",
                    quantity: 1 + random.below(9), coupon: random.below(4) == 0 ? random.pick(Self.coupons) : nil,
                    hasConsent: random.below(5) == 0)
            }
        }
        let fuse = KillSwitch(daemon.process, after: 1 + random.below(Self.clients * Self.ordersOfAClient * 3 / 4))
        let socket = daemon.socket
        return try concurrently(Self.clients) { client in
            if round.isMultiple(of: 2) {
                try OrderLoad(orders[client], to: socket, onSent: fuse.note, onAnswered: {})
            } else {
                try OrderLoad(orders[client], to: socket, onSent: {}, onAnswered: fuse.note)
            }
        }
    }

    private func checkVerified(_ connection: ControlConnection) throws {
        let reply = try connection.ask("tenant.verify")

        XCTAssertEqual(reply.ok?["ok"], .bool(true), "\(reply)")
        XCTAssertEqual(reply.ok?["integrity"]?.text, "[]")
        XCTAssertEqual(reply.ok?["totals"]?.text, "[]")
        XCTAssertEqual(reply.ok?["coupons"]?.text, "[]")
        XCTAssertEqual(try connection.ask("coupon.verify").ok?["ok"], .bool(true))
    }

    private func checkAnswered(_ loads: [OrderLoad], _ connection: ControlConnection) throws {
        for (order, reply) in loads.flatMap(\.answered) {
            let shown = try connection.ask(order.question)
            if let failure = reply.error {
                XCTAssertEqual(failure.slug, "coupon-exhausted")
                XCTAssertEqual(shown.error?.slug, "no-order")
                continue
            }
            let id = try XCTUnwrap(reply.ok?["order"]?.integerValue)
            let entity = try XCTUnwrap(shown.ok, "\(order.ext) was answered OK and is gone")
            XCTAssertEqual(entity["id"]?.integerValue, id)
            XCTAssertEqual(entity["customer"], reply.ok?["customer"])
            XCTAssertTrue(order.isWhole(entity), entity.text)
            ledger[order.ext] = (order, id)
        }
    }

    private func checkUnanswered(_ loads: [OrderLoad], _ connection: ControlConnection) throws {
        for order in loads.flatMap(\.unanswered) {
            unansweredCount += 1
            let shown = try connection.ask(order.question)
            if let entity = shown.ok { XCTAssertTrue(order.isWhole(entity), entity.text) }
            if let failure = shown.error { XCTAssertEqual(failure.slug, "no-order") }
            let again = try connection.ask(order.line)
            if let failure = again.error {
                XCTAssertEqual(failure.slug, "coupon-exhausted")
                XCTAssertNil(shown.ok)
                continue
            }
            XCTAssertEqual(again.ok?["existing"], .bool(shown.ok != nil))
            let id = try XCTUnwrap(again.ok?["order"]?.integerValue)
            if let entity = shown.ok { XCTAssertEqual(entity["id"]?.integerValue, id) }
            ledger[order.ext] = (order, id)
        }
    }

    private func checkOrders(_ connection: ControlConnection) throws {
        let rows = try allRows("order.list", connection)
        let ids = rows.map { $0["id"]?.integerValue ?? 0 }
        let exts = rows.map { $0["ext"]?.stringValue ?? "" }

        XCTAssertEqual(rows.count, ledger.count)
        XCTAssertEqual(Dictionary(zip(exts, ids)) { first, _ in first }, ledger.mapValues(\.id))
    }

    private func checkCustomers(_ connection: ControlConnection) throws {
        let orders = ledger.values.map(\.order)
        let rows = try allRows("customer.list", connection)
        let subscribed = rows.filter { $0["subscribed"] == .bool(true) }.compactMap { $0["email"]?.stringValue }

        XCTAssertEqual(rows.compactMap { $0["email"]?.stringValue }.sorted(), Set(orders.map(\.email)).sorted())
        XCTAssertEqual(Set(subscribed), Set(orders.filter(\.hasConsent).map(\.email)))
    }

    private func checkCoupons(_ connection: ControlConnection) throws {
        for code in Self.coupons {
            let used = ledger.values.count { $0.order.coupon == code }

            XCTAssertEqual(try connection.ask("coupon.show \(code)").ok?["used"]?.integerValue, Int64(used))
            XCTAssertLessThanOrEqual(used, 60)
        }
    }

    private func allRows(_ verb: String, _ connection: ControlConnection) throws -> [JSON] {
        var rows: [JSON] = []
        var after = ""
        while true {
            let reply = try connection.ask("\(verb) limit=1000\(after)")
            rows += reply.rows
            guard let next = reply.ok?["next"]?.stringValue else { return rows }
            after = " after=\(next)"
        }
    }
}
