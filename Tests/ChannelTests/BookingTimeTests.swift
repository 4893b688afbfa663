import Booking
import ChannelKit
import XCTest

final class BookingTimeTests: XCTestCase {
    func testWallTimeIsReadInTheBookingsZone() throws {
        for (zone, start, utc) in [
            ("Europe/Berlin", "2026-01-15T10:00", "2026-01-15T09:00:00Z"),
            ("Europe/Berlin", "2026-07-15 10:00:30", "2026-07-15T08:00:30Z"),
            ("America/New_York", "2026-01-15T10:00", "2026-01-15T15:00:00Z"),
            ("America/New_York", "2026-07-15T10:00", "2026-07-15T14:00:00Z"),
            ("Pacific/Kiritimati", "2026-07-15T10:00", "2026-07-14T20:00:00Z"),
            ("Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z"),
            ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z"),
            ("Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59:00Z"),
            ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00:00Z"),
            ("America/New_York", "2026-03-08T03:00", "2026-03-08T07:00:00Z"),
            ("America/New_York", "2026-11-01T02:00", "2026-11-01T07:00:00Z"),
        ] {
            XCTAssertEqual(try startAt(start, zone), utc, "\(start) \(zone)")
        }
    }

    func testATimeTheClocksSkipIsRefused() throws {
        for (zone, start) in [
            ("Europe/Berlin", "2026-03-29T02:00"), ("Europe/Berlin", "2026-03-29T02:59:59"),
            ("America/New_York", "2026-03-08T02:30"),
        ] {
            let refusal = ChannelRefusal(
                "time-does-not-exist", "start: the clocks of \(zone) skip \(start)")

            try Booking.made().assertRefused(details(start, zone), refusal)
            try Booking.made().assertRefused(details(start, zone, #","start_offset":"+01:00""#), refusal)
        }
    }

    func testATimeThatOccursTwiceNeedsAnOffset() throws {
        for (zone, start, offsets) in [
            ("Europe/Berlin", "2026-10-25T02:00", ["+02:00", "+01:00"]),
            ("Europe/Berlin", "2026-10-25T02:59:59", ["+02:00", "+01:00"]),
            ("America/New_York", "2026-11-01T01:30", ["-04:00", "-05:00"]),
        ] {
            try Booking.made().assertRefused(
                details(start, zone),
                ChannelRefusal(
                    "time-ambiguous", "start: the clocks of \(zone) show \(start) twice; give start_offset",
                    details: [JSON.Member(name: "offsets", value: .array(offsets.map { .string($0) }))]))
        }
    }

    func testAnOffsetTellsTheTwoTimesApart() throws {
        for (zone, start, offset, utc) in [
            ("Europe/Berlin", "2026-10-25T02:30", "+02:00", "2026-10-25T00:30:00Z"),
            ("Europe/Berlin", "2026-10-25T02:30", "+01:00", "2026-10-25T01:30:00Z"),
            ("America/New_York", "2026-11-01T01:30", "-0400", "2026-11-01T05:30:00Z"),
            ("America/New_York", "2026-11-01T01:30", "-05:00", "2026-11-01T06:30:00Z"),
            ("Europe/Berlin", "2026-07-15T10:00", "+02:00", "2026-07-15T08:00:00Z"),
        ] {
            XCTAssertEqual(try startAt(start, zone, #","start_offset":"\#(offset)""#), utc, "\(start) \(offset)")
            XCTAssertEqual(try startAt(start + offset, zone), utc, "\(start) \(offset)")
        }
    }

    func testAnOffsetThatIsNotInForceIsRefused() throws {
        let booking = try Booking.made()
        for offset in ["+03:00", "Z", "", "summer"] {
            booking.assertRefused(
                details("2026-10-25T02:30", "Europe/Berlin", #","start_offset":"\#(offset)""#),
                .badDetail("start_offset", "the offset then is +02:00 or +01:00"))
        }
        booking.assertRefused(
            details("2026-07-15T10:00", "Europe/Berlin", #","start_offset":"+01:00""#),
            .badDetail("start_offset", "the offset then is +02:00"))
    }

    func testTheEndIsReadAsTheStartIs() throws {
        let text = #"{"service":"Bar","start":"2026-10-24T22:00","end":"2026-10-25T02:30","time_zone":"Europe/Berlin""#
        let draft = try Booking.made().translated(text + #","end_offset":"+01:00"}"#)

        XCTAssertEqual(try JSON(parsing: draft.details.text)["end_at"], .string("2026-10-25T01:30:00Z"))
        XCTAssertThrowsError(try Booking.made().translated(text + "}")) {
            XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "time-ambiguous")
        }
    }

    func testATimeWithAnOffsetIsTakenAsItIs() throws {
        XCTAssertEqual(try startAt("2026-03-29T02:30+01:00", "Europe/Berlin"), "2026-03-29T01:30:00Z")
        XCTAssertEqual(try startAt("2026-10-25T00:30Z", "Europe/Berlin"), "2026-10-25T00:30:00Z")
    }

    func testADayStartsWithItsFirstMoment() throws {
        XCTAssertEqual(try startAt("2026-07-15", "Europe/Berlin"), "2026-07-14T22:00:00Z")
        XCTAssertEqual(try startAt("2018-11-04", "America/Sao_Paulo"), "2018-11-04T03:00:00Z")
    }

    private func details(_ start: String, _ zone: String, _ more: String = "") -> String {
        #"{"service":"Bar","start":"\#(start)","end":"2027-01-01T12:00Z","time_zone":"\#(zone)"\#(more)}"#
    }

    private func startAt(_ start: String, _ zone: String, _ more: String = "") throws -> String? {
        let draft = try Booking.made().translated(details(start, zone, more))
        return try JSON(parsing: draft.details.text)["start_at"]?.stringValue
    }
}
