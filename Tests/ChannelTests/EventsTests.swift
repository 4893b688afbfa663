import ChannelKit
import Events
import XCTest

final class EventsTests: XCTestCase {
    private let full = """
        {"event":"Jazz night","date":"2026-12-24T20:00","tickets":[{"type":"Balcony","seat":4,"attendee":"Ann Öz"},
        {"type":"Stalls","attendee":{"name":"Bo Li","email":"bo@example.org"},"seat":null}]}
        """

    func testAnAttendeesAddressIsChecked() throws {
        let desk = try EventDesk.jazz(quota: 1)
        let tickets = #"[{"type":"seat","attendee":{"name":"Bo","email":"bo at home"}}]"#

        XCTAssertThrowsError(try desk.register(#"{"event":"jazz","tickets":\#(tickets)}"#)) {
            XCTAssertEqual(
                $0 as? ChannelRefusal,
                .badValue("details.tickets[0].attendee.email", "this is no e-mail address"))
        }
    }

    func testNewTicketsAreHeld() throws {
        let draft = try Events.made().translated(full)

        XCTAssertEqual(draft.state, .open)
        XCTAssertEqual(draft.channelState, "held")
        XCTAssertFalse(draft.isPaidInFull)
        XCTAssertEqual(draft.details, Sample.fragment(try JSON(parsing: full)))
    }

    func testNewTicketsMayBePaidByStandard() throws {
        let draft = try Events.made(["default_state": "paid"]).translated(full)

        XCTAssertEqual(draft.state, .confirmed)
        XCTAssertEqual(draft.channelState, "paid")
        XCTAssertTrue(draft.isPaidInFull)
    }

    func testAGivenStateIsKept() throws {
        let paid = try Events.made().translated(full) { $0.give(.confirmed, "paid") }
        let expired = try Events.made().translated(full) { $0.give(.expired) }
        let open = try Events.made(["default_state": "paid"]).translated(full) { $0.give(.open) }

        XCTAssertTrue(paid.isPaidInFull)
        XCTAssertEqual(expired.state, .expired)
        XCTAssertNil(expired.channelState)
        XCTAssertFalse(expired.isPaidInFull)
        XCTAssertEqual(open.state, .open)
        XCTAssertNil(open.channelState)
        XCTAssertFalse(open.isPaidInFull)
    }

    func testTicketsThatBecomePaidArePaidInFull() throws {
        let paid = try Events.made().revised(full) { ($0.state, $0.channelState) = (.confirmed, "paid") }
        let seated = try Events.made().revised(full)

        XCTAssertTrue(paid.isPaidInFull)
        XCTAssertFalse(seated.isPaidInFull)
    }

    func testARevisionLeavesTheStateAlone() throws {
        let change = try Events.made().revised(full)

        XCTAssertNil(change.state)
        XCTAssertNil(change.channelState)
        XCTAssertEqual(change.details, Sample.fragment(try JSON(parsing: full)))
    }

    func testAllThatIsMissingIsToldAtOnce() throws {
        let events = try Events.made()

        events.assertRefused("{}", .incomplete(["event", "tickets"]))
        events.assertRefused(#"{"event":"E","tickets":[]}"#, .incomplete(["tickets"]))
        events.assertRefused(
            """
            {"event":" ","tickets":[{"attendee":"A"},{"type":"T","attendee":""},{"type":"T","attendee":{"name":" "}},{}]}
            """,
            .incomplete([
                "event", "tickets[0].type", "tickets[1].attendee", "tickets[2].attendee.name", "tickets[3].type",
                "tickets[3].attendee",
            ]))
    }

    func testAnAttendeeNeedsANameOrAnAddress() throws {
        let details = #"{"event":"E","tickets":[{"type":"T","attendee":{"email":"bo@example.org"}}]}"#

        XCTAssertEqual(try Events.made().translated(details).channelState, "held")
    }

    func testWrongDetailsAreRefused() throws {
        let events = try Events.made()
        let ticket = #"{"type":"T","attendee":"A"}"#
        for (details, path, reason) in [
            (#"{"event":"E","tickets":"two"}"#, "tickets", "a list is needed here"),
            (#"{"event":"E","tickets":[\#(ticket),2]}"#, "tickets[1]", "an object is needed here"),
            (#"{"event":[1],"tickets":[\#(ticket)]}"#, "event", "text is needed here"),
            (#"{"event":"E","date":"soon","tickets":[\#(ticket)]}"#, "date", "not a date and time: soon"),
            (#"{"event":"E","time_zone":"X","tickets":[\#(ticket)]}"#, "time_zone", "no time zone has this name"),
            (#"{"event":"E","tickets":[{"type":{},"attendee":"A"}]}"#, "tickets[0].type", "text is needed here"),
            (
                #"{"event":"E","tickets":[{"type":"T","attendee":"A","seat":[]}]}"#, "tickets[0].seat",
                "text is needed here"
            ),
            (
                #"{"event":"E","tickets":[{"type":"T","attendee":7}]}"#, "tickets[0].attendee",
                "a name or an object is needed here"
            ),
            (
                #"{"event":"E","tickets":[{"type":"T","attendee":{"name":"A","email":[]}}]}"#,
                "tickets[0].attendee.email",
                "text is needed here"
            ),
        ] {
            events.assertRefused(details, .badDetail(path, reason))
        }
    }

    func testItsStatesStandForTheCommonOnes() throws {
        XCTAssertEqual(
            try Events.made().stateMap(),
            [
                "held=open", "paid=confirmed", "checked-in=completed", "expired=expired", "cancelled=cancelled",
                "refunded=refunded",
            ])
    }

    func testAttendeesAreFoundAndErased() throws {
        XCTAssertEqual(try Events.personal(full), [#""Ann Öz""#, #"{"name":"Bo Li","email":"bo@example.org"}"#])
        XCTAssertEqual(
            try Events.erased(full),
            """
            {"date":"2026-12-24T20:00","event":"Jazz night","tickets":[{"attendee":null,"seat":4,"type":"Balcony"},\
            {"attendee":null,"seat":null,"type":"Stalls"}]}
            """)
    }

    func testEachTicketHasALine() throws {
        let events = try Events.made()

        XCTAssertEqual(
            try events.texts(full),
            [
                "Event: Jazz night", "Date: 2026-12-24T20:00", "Ticket: Balcony, seat 4: Ann Öz",
                "Ticket: Stalls: Bo Li, bo@example.org",
            ])
        XCTAssertEqual(
            try events.texts(try Events.erased(full)),
            ["Event: Jazz night", "Date: 2026-12-24T20:00", "Ticket: Balcony, seat 4", "Ticket: Stalls"])
        XCTAssertEqual(try events.texts(#"{"tickets":[{},{"attendee":5}]}"#), [])
    }
}
