import ChannelKit
import Events
import XCTest

/// Seats, each of which is given out once.
final class EventSeatTests: XCTestCase {
    func testASeatIsSoldOnceWhoeverAsksAndHoweverItIsWritten() throws {
        let desk = try EventDesk.jazz(quota: 9)
        try desk.register(#"{"event":"jazz","tickets":[\#(Self.ticket("A1")),\#(Self.ticket("A2"))]}"#)

        for seats in [["a1"], [" A2 "], ["B1", "B1"]] {
            let tickets = seats.map { Self.ticket($0) }.joined(separator: ",")
            XCTAssertThrowsError(try desk.register(#"{"event":"jazz","tickets":[\#(tickets)]}"#), "\(seats)") {
                XCTAssertEqual(($0 as? any Refusal)?.slug, "seat-taken")
                XCTAssertEqual(($0 as? any Refusal)?.kind, .conflict)
            }
        }

        XCTAssertEqual(try desk.seats(), "0 sold, 2 held, 7 left")
        try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Bo"},\#(Self.ticket("B1"))]}"#)
    }

    func testASeatComesBackWithItsTicket() throws {
        var desk = try EventDesk.jazz(quota: 9)
        let seat = #"{"event":"jazz","tickets":[{"type":"seat","seat":"A1"}],"minutes":15}"#
        try desk.ask("hold", seat)
        desk.assertRefused("hold", seat, "409 seat-taken")
        desk.pass(minutes: 15)

        let second = try desk.ask("hold", seat)["order"]?.integerValue ?? 0
        try desk.ask("release", #"{"order":\#(second)}"#)
        let third = try desk.ask("hold", seat)

        XCTAssertEqual(third["tickets"]?.arrayValue?.first?["seat"]?.stringValue, "A1")
    }

    func testTicketsOfAnOrderExchangeTheirSeatsAndTakeNobodyElses() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let order = try desk.register(#"{"event":"jazz","tickets":[\#(Self.ticket("A1")),\#(Self.ticket("A2"))]}"#)
            .order
        try desk.register(#"{"event":"jazz","tickets":[\#(Self.ticket("A3"))]}"#)
        let change = { @Sendable (seats: [String]) in
            let tickets = seats.map { Self.ticket($0) }.joined(separator: ",")
            return JSONFragment(of: try JSON(parsing: #"{"event":"jazz","tickets":[\#(tickets)]}"#).canonical)
        }

        let exchanged = try change(["A2", "A1"])
        try desk.change(order) { $0.details = exchanged }
        let taken = try change(["A2", "A3"])
        XCTAssertThrowsError(try desk.change(order) { $0.details = taken }) {
            XCTAssertEqual(($0 as? any Refusal)?.slug, "seat-taken")
        }

        let tickets = try desk.ask("tickets", #"{"order":\#(order.rawValue)}"#)["tickets"]?.arrayValue ?? []
        XCTAssertEqual(tickets.map { $0["seat"]?.stringValue }, ["A2", "A1"])
    }

    func testASeatOfAnotherEventAndOfATestIsAnotherSeat() throws {
        let desk = try EventDesk.jazz(quota: 9)
        try desk.ask("create", #"{"event":"rock","title":"Rock","starts":"2026-12-25T20:00"}"#)
        try desk.ask("set-ticket-type", #"{"event":"rock","type":"seat","price":"10.00"}"#)

        for event in ["jazz", "rock"] {
            try desk.register(#"{"event":"\#(event)","tickets":[\#(Self.ticket("A1"))]}"#)
        }
        try desk.register(#"{"event":"jazz","tickets":[\#(Self.ticket("A1"))]}"#) { $0.isTest = true }
    }

    func testOfOldTicketsWithTheSameSeatTheFirstHasIt() throws {
        let desk = try EventDesk.jazz(quota: 9)
        for seat in ["A1", "A2", "A3"] {
            try desk.register(#"{"event":"jazz","tickets":[\#(Self.ticket(seat))]}"#)
        }
        try desk.core { transaction in
            for sql: StaticString in [
                "DROP INDEX events__ticket_seat_once", "ALTER TABLE events__ticket DROP COLUMN seat_key",
                "DROP TABLE events__move", "DELETE FROM channel_migration WHERE position = 1",
                "UPDATE events__ticket SET seat = ' a1 ' WHERE seat = 'A3'",
            ] { try transaction.execute(sql) }
            let descriptor = Events.descriptor
            try ChannelTableInstaller(transaction).install(
                descriptor.migrations, descriptor.tables, of: descriptor.id)
        }

        let keys = try desk.core { transaction in
            try transaction.reading.all("SELECT seat_key FROM events__ticket ORDER BY id") { $0.textOrNil(0) }
        }
        XCTAssertEqual(keys, ["a1", "a2", nil])
        XCTAssertTrue(try desk.wake(), "what an older version kept is looked after")
    }

    private static func ticket(_ seat: String) -> String { #"{"type":"seat","attendee":"Bo Li","seat":"\#(seat)"}"# }
}
