import Booking
import ChannelKit
import XCTest

final class BookingTests: XCTestCase {
    private let full = """
        {"service":"Haircut","start":"2026-07-01T10:00","end":"2026-07-01T10:45","time_zone":"Europe/Berlin",
        "resource":"Chair 2","capacity":4,"party_size":2,"participant":{"name":"Bo Li","email":"bo@example.org",
        "phone":"+49 30 123456"},"note":"a quiet corner"}
        """

    func testANewBookingIsRequestedAndKnowsItsInstants() throws {
        let draft = try Booking.made().translated(full)
        let details = try JSON(parsing: draft.details.text)

        XCTAssertEqual(draft.state, .open)
        XCTAssertEqual(draft.channelState, "requested")
        XCTAssertEqual(details["start"], .string("2026-07-01T10:00"))
        XCTAssertEqual(details["start_at"], .string("2026-07-01T08:00:00Z"))
        XCTAssertEqual(details["end_at"], .string("2026-07-01T08:45:00Z"))
        XCTAssertEqual(details.canonical.text, draft.details.text)
    }

    func testABookingMayBeConfirmedAtOnce() throws {
        let draft = try Booking.made(["confirm_at_once": "true"]).translated(full)

        XCTAssertEqual(draft.state, .confirmed)
        XCTAssertEqual(draft.channelState, "confirmed")
    }

    func testAGivenStateIsKept() throws {
        let draft = try Booking.made().translated(full) { $0.give(.completed, "no-show") }
        let open = try Booking.made(["confirm_at_once": "true"]).translated(full) { $0.give(.open) }

        XCTAssertEqual(draft.state, .completed)
        XCTAssertEqual(draft.channelState, "no-show")
        XCTAssertEqual(open.state, .open)
        XCTAssertNil(open.channelState)
    }

    func testAChangedBookingGetsNewInstants() throws {
        let change = try Booking.made().revised(
            """
            {"service":"Haircut","start":"2026-12-01T10:00","end":"2026-12-01T11:00","time_zone":"Europe/Berlin",
            "start_at":"2026-07-01T08:00:00Z","end_at":"2026-07-01T08:45:00Z"}
            """
        ) { $0.channelState = "rescheduled" }
        let details = try JSON(parsing: XCTUnwrap(change.details).text)

        XCTAssertEqual(details["start_at"], .string("2026-12-01T09:00:00Z"))
        XCTAssertEqual(details["end_at"], .string("2026-12-01T10:00:00Z"))
        XCTAssertEqual(change.channelState, "rescheduled")
        XCTAssertNil(change.state)
    }

    func testAllThatIsMissingIsToldAtOnce() throws {
        let booking = try Booking.made()

        booking.assertRefused("{}", .incomplete(["service", "start", "end", "time_zone"]))
        booking.assertRefused(
            #"{"service":" ","end":"2026-07-01","start":null,"time_zone":"UTC"}"#, .incomplete(["service", "start"]))
    }

    func testWrongDetailsAreRefused() throws {
        let booking = try Booking.made()
        for (member, path, reason) in [
            (#""time_zone":"Berlin""#, "time_zone", "no time zone has this name"),
            (#""start":"tomorrow""#, "start", "not a date and time: tomorrow"),
            (#""end":{}"#, "end", "text is needed here"), (#""service":["a"]"#, "service", "text is needed here"),
            (#""resource":{}"#, "resource", "text is needed here"), (#""note":[]"#, "note", "text is needed here"),
            (#""capacity":0"#, "capacity", "a number of at least 1 is needed here"),
            (#""party_size":-1"#, "party_size", "a number of at least 1 is needed here"),
            (#""party_size":1.5"#, "party_size", "a whole number is needed here"),
            (#""participant":"Bo""#, "participant", "an object is needed here"),
            (#""participant":{"email":true}"#, "participant.email", "text is needed here"),
        ] {
            // The last of equal names counts.
            booking.assertRefused(String(full.dropLast()) + ",\(member)}", .badDetail(path, reason))
        }
    }

    func testTheEndComesAfterTheStart() throws {
        let refusal = ChannelRefusal("end-before-start", "the end must be later than the start")
        for end in ["2026-07-01T10:00", "2026-07-01T09:59", "2026-07-01T10:30+03:00"] {
            try Booking.made().assertRefused(String(full.dropLast()) + #","end":"\#(end)"}"#, refusal)
        }
    }

    func testAPartyMustFit() throws {
        try Booking.made().assertRefused(
            String(full.dropLast()) + #","party_size":5}"#,
            ChannelRefusal("over-capacity", "a party of 5 is more than the 4 there is room for"))
    }

    func testItsStatesStandForTheCommonOnes() throws {
        XCTAssertEqual(
            try Booking.made().stateMap(),
            [
                "requested=open", "confirmed=confirmed", "rescheduled=confirmed", "attended=completed",
                "no-show=completed", "cancelled=cancelled",
            ])
    }

    func testPersonalDetailsAreFoundAndErased() throws {
        XCTAssertEqual(
            try Booking.personal(full),
            [#"{"name":"Bo Li","email":"bo@example.org","phone":"+49 30 123456"}"#, #""a quiet corner""#])
        XCTAssertEqual(
            try Booking.erased(full),
            """
            {"capacity":4,"end":"2026-07-01T10:45","note":null,"participant":null,"party_size":2,"resource":"Chair 2",\
            "service":"Haircut","start":"2026-07-01T10:00","time_zone":"Europe/Berlin"}
            """)
    }

    func testLinesShowWallTimeInTheBookingsZone() throws {
        let booking = try Booking.made()
        let stored = try booking.translated(full).details.text
        let time = ["Start: 2026-07-01 10:00 Europe/Berlin", "End: 2026-07-01 10:45 Europe/Berlin"]
        let before = ["Service: Haircut", "Resource: Chair 2"] + time + ["Party: 2"]

        XCTAssertEqual(
            try booking.texts(stored),
            before + ["Participant: Bo Li, bo@example.org, +49 30 123456", "Note: a quiet corner"])
        XCTAssertEqual(try booking.texts(try Booking.erased(stored)), before)
        XCTAssertEqual(try booking.texts(#"{"start":"at noon"}"#), ["Start: at noon"])
        XCTAssertEqual(
            try booking.texts(
                #"{"start_at":"2026-10-25T00:30:00Z","end_at":"2026-10-25T01:30:00Z","time_zone":"Europe/Berlin"}"#),
            ["Start: 2026-10-25 02:30 +02:00 Europe/Berlin", "End: 2026-10-25 02:30 +01:00 Europe/Berlin"])
    }
}
