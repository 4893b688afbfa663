import ChannelKit
import TestSupport
import XCTest

/// Random histories against a model that knows nothing but tickets and times.
final class EventModelTests: XCTestCase {
    func testQuotasHoldWhateverHappensInWhateverOrder() throws {
        var outcomes: [String: Int] = [:]
        for seed in 1...8 {
            var history = try History(seed: UInt64(seed))
            for _ in 0..<200 {
                let outcome = try history.step()
                outcomes[outcome, default: 0] += 1
                XCTAssertEqual(try history.desk.seats(), history.model.seats(at: history.desk.occasion.at))
            }
            for (id, kept) in history.model.orders where !kept.hasLapsed(at: history.desk.occasion.at) {
                XCTAssertEqual(try history.desk.states(OrderID(rawValue: id)), kept.states, "seed \(seed)")
            }
        }
        // Each way of ending was gone at least a few times.
        for outcome in [
            "hold", "hold refused", "sell", "sell refused", "pay", "pay late", "pay refused", "cancel",
            "cancel refused",
            "release", "check-in", "check-in refused", "undo", "refund", "quota", "quota refused",
        ] { XCTAssertGreaterThan(outcomes[outcome] ?? 0, 3, outcome) }
    }
}

/// What should be.
private struct Model {
    struct Kept {
        var states: [String]
        var until: Instant?

        func hasLapsed(at: Instant) -> Bool { until.map { $0 <= at } ?? false }

        func count(_ wanted: Set<String>, at: Instant) -> Int {
            hasLapsed(at: at) ? 0 : states.count { wanted.contains($0) }
        }
    }

    var quota = 12
    var orders: [Int64: Kept] = [:]

    func count(_ wanted: Set<String>, at: Instant) -> Int {
        orders.values.reduce(0) { $0 + $1.count(wanted, at: at) }
    }

    func left(at: Instant) -> Int { quota - count(["held", "valid", "checked-in"], at: at) }

    func seats(at: Instant) -> String {
        "\(count(["valid", "checked-in"], at: at)) sold, \(count(["held"], at: at)) held, \(left(at: at)) left"
    }
}

/// A desk and the model of it, going the same way.
private struct History {
    var desk: EventDesk
    var model = Model()
    private var random: SeededGenerator

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        desk = try EventDesk.jazz(quota: model.quota)
    }

    /// Does something at random, and says what came of it.
    mutating func step() throws -> String {
        let at = desk.occasion.at
        let count = 1 + random.below(3)
        let order = model.orders.keys.sorted().randomElement(using: &random) ?? 0
        switch random.below(12) {
        case 0, 1:
            let minutes = 1 + random.below(8)
            return try place("hold", count) { desk in
                try desk.hold(count, minutes: minutes)
            } keeping: {
                Model.Kept(
                    states: Array(repeating: "held", count: count),
                    until: Instant(seconds: at.seconds + Int64(minutes) * 60))
            }
        case 2:
            let tickets = Array(repeating: #"{"type":"seat","attendee":"A"}"#, count: count).joined(separator: ",")
            return try place("sell", count) { desk in
                try desk.register(#"{"event":"jazz","tickets":[\#(tickets)]}"#) { $0.give(.confirmed, "paid") }.order
            } keeping: {
                Model.Kept(states: Array(repeating: "valid", count: count), until: nil)
            }
        case 3, 4: return try pay(order)
        case 5: return try close(order, "cancel") { try $0.set(OrderID(rawValue: order), .cancelled, "cancelled") }
        case 6:
            guard model.orders[order]?.states.contains("held") ?? false else { return "nothing" }
            return try close(order, "release") { try $0.ask("release", #"{"order":\#(order)}"#) }
        case 7:
            desk.pass(minutes: Int64(random.below(5)))
            return "time"
        case 8: return try checkIn(order)
        case 9: return try undo(order)
        case 10: return try refund(order)
        default:
            let quota = 8 + random.below(8)
            let isPossible = quota >= model.quota - model.left(at: at)
            let done = try accepted {
                try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","quota":\#(quota)}"#)
            }
            XCTAssertEqual(done != nil, isPossible)
            if isPossible { model.quota = quota }
            return isPossible ? "quota" : "quota refused"
        }
    }

    private mutating func place(
        _ name: String, _ count: Int, _ body: (EventDesk) throws -> OrderID, keeping: () -> Model.Kept
    ) throws -> String {
        let isPossible = model.left(at: desk.occasion.at) >= count
        let order = try accepted { try body(desk) }
        XCTAssertEqual(order != nil, isPossible, name)
        if let order { model.orders[order.rawValue] = keeping() }
        return isPossible ? name : "\(name) refused"
    }

    private mutating func pay(_ order: Int64) throws -> String {
        guard let kept = model.orders[order], kept.states.contains("held") else { return "nothing" }
        let isLate = kept.hasLapsed(at: desk.occasion.at)
        let isPossible = !isLate || model.left(at: desk.occasion.at) >= kept.states.count
        let paid = try accepted { try desk.ask("pay", #"{"order":\#(order)}"#) }
        XCTAssertEqual(paid != nil, isPossible)
        guard let paid = paid?["order"]?.integerValue else { return "pay refused" }
        model.orders[order] = nil
        model.orders[paid] = Model.Kept(states: kept.states.map { _ in "valid" }, until: nil)
        return isLate ? "pay late" : "pay"
    }

    /// Nothing is closed while somebody is in; what lapsed may or may not have been marked, which makes no difference to the numbers.
    private mutating func close(_ order: Int64, _ name: String, _ body: (EventDesk) throws -> Void) throws -> String {
        guard var kept = model.orders[order] else { return "nothing" }
        let isOpen = kept.states.contains { $0 == "held" || $0 == "valid" }
        let isLate = kept.hasLapsed(at: desk.occasion.at)
        guard isOpen else { return "nothing" }
        let done: Void? = try accepted { try body(desk) }
        if isLate {
            model.orders[order] = nil
            return "\(name) late"
        }
        guard !kept.states.contains("checked-in") else {
            XCTAssertNil(done)
            return "\(name) refused"
        }
        XCTAssertNotNil(done)
        kept.states = kept.states.map { _ in "cancelled" }
        kept.until = nil
        model.orders[order] = kept
        return name
    }

    private mutating func checkIn(_ order: Int64) throws -> String {
        guard let kept = model.orders[order] else { return "nothing" }
        let position = random.below(kept.states.count)
        let ticket = order * 1_000 + Int64(position) + 1
        let isPossible = kept.states[position] == "valid"
        let done = try accepted { try desk.ask("check-in", #"{"event":"jazz","ticket":\#(ticket)}"#) }
        XCTAssertEqual(done != nil, isPossible)
        if isPossible { model.orders[order]?.states[position] = "checked-in" }
        return isPossible ? "check-in" : "check-in refused"
    }

    private mutating func undo(_ order: Int64) throws -> String {
        guard let kept = model.orders[order], let position = kept.states.firstIndex(of: "checked-in") else {
            return "nothing"
        }
        let isClosed = try desk.order(OrderID(rawValue: order)).state.isClosed
        let ticket = order * 1_000 + Int64(position) + 1
        let done = try accepted { try desk.ask("undo-check-in", #"{"ticket":\#(ticket)}"#) }
        XCTAssertEqual(done != nil, !isClosed)
        if !isClosed { model.orders[order]?.states[position] = "valid" }
        return "undo"
    }

    private mutating func refund(_ order: Int64) throws -> String {
        guard let kept = model.orders[order], let position = kept.states.firstIndex(of: "valid") else {
            return "nothing"
        }
        let ticket = order * 1_000 + Int64(position) + 1
        XCTAssertNotNil(try accepted { try desk.ask("refund-ticket", #"{"ticket":\#(ticket)}"#) })
        model.orders[order]?.states[position] = "cancelled"
        return "refund"
    }

    /// What something returns; nil when it is refused.
    private func accepted<Result>(_ body: () throws -> Result) throws -> Result? {
        do {
            return try body()
        } catch is any Refusal {
            return nil
        }
    }
}
