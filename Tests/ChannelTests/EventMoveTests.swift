import ChannelKit
import Events
import XCTest

/// Events that take place at another time or elsewhere.
final class EventMoveTests: XCTestCase {
    func testOrdersAndTicketsShowWhereAndWhenAnEventTakesPlaceNow() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let order = try desk.sell(1)
        XCTAssertEqual(try desk.lines(order).prefix(2), ["Event: Jazz night", "Date: 2026-12-24T20:00"])

        let reply = try desk.ask("update", #"{"event":"jazz","starts":"2026-12-27T19:30","place":"Town hall"}"#)

        XCTAssertEqual(reply["affected"]?.integerValue, 1)
        XCTAssertEqual(
            try desk.lines(order).prefix(3),
            ["Event: Jazz night", "Date: 2026-12-27T19:30", "Place: Town hall"])
        let tickets = try desk.ask("tickets", #"{"order":\#(order.rawValue)}"#)
        XCTAssertEqual(tickets["local_start"]?.stringValue, "2026-12-27 19:30")
        XCTAssertEqual(tickets["place"]?.stringValue, "Town hall")
        XCTAssertEqual(
            try desk.moved(), ["\(order.rawValue): 2026-12-24T19:00:00Z to 2026-12-27T18:30:00Z, Town hall"])
        XCTAssertEqual(try desk.mails(), [])
    }

    func testWhatDoesNotMoveAnEventAffectsNobody() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let order = try desk.sell(1)
        try desk.set(order, .refunded, "refunded")

        XCTAssertEqual(
            try desk.ask("update", #"{"event":"jazz","starts":"2026-12-27T19:30"}"#)["affected"]?.integerValue, 0)
        _ = try desk.sell(1)
        XCTAssertEqual(
            try desk.ask("update", #"{"event":"jazz","title":"Jazz!","notify":true}"#)["affected"]?.integerValue, 0)

        XCTAssertEqual(try desk.moved(), [])
        XCTAssertEqual(try desk.mails(), [])
    }

    func testBuyersAndAttendeesAreWrittenToInTheirLanguageWhereItIsWanted() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let attendees = ["ann@example.org", "ANN@example.org", "cem@example.org"].map {
            #"{"type":"seat","attendee":{"name":"X","email":"\#($0)"}}"#
        }
        let buyer = #"{"email":"ann@example.org","language":"tr"}"#
        try desk.ask("hold", #"{"event":"jazz","tickets":[\#(attendees.joined(separator: ","))],"customer":\#(buyer)}"#)

        try desk.ask("update", #"{"event":"jazz","starts":"2026-12-27T19:30","notify":true}"#)

        XCTAssertEqual(
            try desk.mails(),
            ["ann@example.org: Jazz night için değişiklik", "cem@example.org: Jazz night ist verlegt"])
    }

    func testManyOrdersAreToldAPartAtATime() throws {
        let desk = try EventDesk.jazz(quota: 300)
        for _ in 0..<250 { _ = try desk.sell(1) }

        let reply = try desk.ask("update", #"{"event":"jazz","starts":"2026-12-27T19:30"}"#)
        XCTAssertEqual(reply["affected"]?.integerValue, 250)
        XCTAssertEqual(try desk.moved().count, 200)
        // Whoever buys now knows already.
        _ = try desk.sell(1)
        XCTAssertTrue(try desk.wake())

        XCTAssertEqual(try desk.moved().count, 250)
        XCTAssertFalse(try desk.wake())
    }
}

extension EventDesk {
    /// What people read of an order.
    func lines(_ order: OrderID) throws -> [String] {
        let settings = try ChannelSettings([:], of: Events.descriptor)
        return try inside { transaction in
            let order = try transaction.services.order(order)
            let events = try Events(settings: settings)
            let details = try events.completed(Details(storedWith: order), of: order, transaction.services)
            return events.lines(of: details, transaction.occasion).map { "\($0.label): \($0.text)" }
        }
    }

    /// The orders that were told of a move, from when to when and where.
    fileprivate func moved() throws -> [String] {
        try core { transaction in
            try transaction.reading.all(
                "SELECT order_id, data FROM timeline WHERE topic = 'events.moved' ORDER BY order_id"
            ) { row in
                let data = try JSON(parsing: row.bytes(1))
                let texts = ["from", "starts", "place"].map { data[$0]?.stringValue ?? "-" }
                return "\(row.integer(0)): \(texts[0]) to \(texts[1]), \(texts[2])"
            }
        }
    }

    /// Who was written to, with the subject.
    fileprivate func mails() throws -> [String] {
        try core { transaction in
            try transaction.reading.all("SELECT recipient, subject FROM mail ORDER BY id") {
                "\($0.text(0)): \($0.text(1))"
            }
        }
    }
}
