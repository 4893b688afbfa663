import Booking
import ChannelKit
import XCTest

/// When resources are open and what is free then, clock changes included.
final class BookingHoursTests: XCTestCase {
    /// A shop with one resource that does visits of an hour.
    private func shop(_ zone: String = "Europe/Berlin", days: String? = nil, open: String = "") throws -> BookingShop {
        let shop = try BookingShop()
        try shop.ask("set-resource", #"{"resource":"room","time_zone":"\#(zone)"}"#)
        try shop.ask("set-service", #"{"service":"visit","duration":60,"resources":["room"]}"#)
        if let days { try hours(shop, days, open) }
        return shop
    }

    private func hours(_ shop: BookingShop, _ days: String, _ open: String) throws {
        let open = open.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        try shop.ask("set-hours", #"{"resource":"room","days":["\#(days)"],"open":[\#(open)]}"#)
    }

    /// The starts that are offered, each by the clock of the place.
    private func starts(_ shop: BookingShop, _ from: String, _ to: String, _ more: String = "") throws -> [String] {
        try shop.ask("availability", #"{"service":"visit","from":"\#(from)","to":"\#(to)","limit":1000\#(more)}"#)
            .compactMap { $0["start"]?.stringValue }
    }

    private func times(_ shop: BookingShop, _ day: String) throws -> [String] {
        try starts(shop, day, day).map { String($0.dropFirst(11)) }
    }

    func testDaysHaveTwentyThreeToTwentyFiveHours() throws {
        for (zone, day, count) in [
            ("Europe/Berlin", "2027-03-27", 24), ("Europe/Berlin", "2027-03-28", 23),
            ("Europe/Berlin", "2027-10-31", 25), ("America/New_York", "2027-03-14", 23),
            ("America/New_York", "2027-11-07", 25), ("America/New_York", "2027-11-08", 24),
        ] {
            let starts = try times(shop(zone), day)

            XCTAssertEqual(starts.count, count, "\(zone) \(day)")
            XCTAssertEqual(Set(starts).count, count)
            XCTAssertEqual(starts.first, "00:00")
            XCTAssertEqual(starts.last, "23:00")
        }
    }

    func testHoursAreWhatTheClockShowsWhateverItDoes() throws {
        for (zone, day, open, expected) in [
            ("Europe/Berlin", "2027-03-21", "01:00-04:00", "01:00 02:00 03:00"),
            ("Europe/Berlin", "2027-03-28", "01:00-04:00", "01:00 03:00"),
            ("Europe/Berlin", "2027-10-31", "01:00-04:00", "01:00 02:00+02:00 02:00+01:00 03:00"),
            // What the clocks skip is the moment they are put forward.
            ("Europe/Berlin", "2027-03-28", "02:30-05:00", "03:00 04:00"),
            ("Europe/Berlin", "2027-03-28", "00:00-02:30", "00:00 01:00"),
            // What they show twice opens the first time and closes the second.
            ("Europe/Berlin", "2027-10-31", "02:30-05:00", "02:30+02:00 02:30+01:00 03:30"),
            ("Europe/Berlin", "2027-10-31", "00:00-02:30", "00:00 01:00 02:00+02:00"),
            ("America/New_York", "2027-03-14", "01:00-04:00", "01:00 03:00"),
            ("America/New_York", "2027-11-07", "00:30-03:00", "00:30 01:30-04:00 01:30-05:00"),
        ] {
            let starts = try times(shop(zone, days: "sun", open: open), day)

            XCTAssertEqual(starts.joined(separator: " "), expected, "\(zone) \(day) \(open)")
        }
    }

    func testHoursMayEndAfterMidnight() throws {
        let shop = try shop(days: "sat", open: "22:00-02:00")
        for (from, to, expected) in [
            ("2027-03-20", "2027-03-21", "20T22:00 20T23:00 21T00:00 21T01:00"),
            ("2027-03-27", "2027-03-28", "27T22:00 27T23:00 28T00:00 28T01:00"),
            ("2027-10-30", "2027-10-31", "30T22:00 30T23:00 31T00:00 31T01:00 31T02:00+02:00"),
            ("2027-03-21", "2027-03-21", "21T00:00 21T01:00"),
        ] {
            let starts = try starts(shop, from, to).map { String($0.dropFirst(8)) }

            XCTAssertEqual(starts.joined(separator: " "), expected)
        }
        let night = #"{"service":"visit","start":"2027-03-20T23:30"}"#
        XCTAssertEqual(
            try JSON(parsing: shop.book(night).details.bytes)["end"], .string("2027-03-21T00:30"))
        try assertSlug("outside-hours") { try shop.book(night.replacing("20T23:30", with: "21T01:30")) }
    }

    func testAResourceInAnotherZoneIsBookedByItsOwnClock() throws {
        let shop = try shop("America/New_York", days: "mon", open: "09:00-11:00")

        // New York has put its clocks forward by then, Berlin has not.
        XCTAssertEqual(try starts(shop, "2027-03-15", "2027-03-15"), ["2027-03-15T09:00", "2027-03-15T10:00"])
        XCTAssertEqual(
            try starts(shop, "2027-03-15", "2027-03-15", #","time_zone":"Europe/Berlin""#),
            ["2027-03-15T14:00", "2027-03-15T15:00"])
        let order = try shop.book(#"{"service":"visit","start":"2027-03-15T09:00"}"#)
        XCTAssertEqual(try JSON(parsing: order.details.bytes)["start_at"], .string("2027-03-15T13:00:00Z"))
        try assertSlug("double-booked") {
            try shop.book(#"{"service":"visit","start":"2027-03-15T14:30","time_zone":"Europe/Berlin"}"#)
        }
    }

    func testTheOffsetTellsTimesApartThatOccurTwice() throws {
        let shop = try shop()
        let twice = #"{"service":"visit","start":"2027-10-31T02:15"}"#
        try assertSlug("time-ambiguous") { try shop.book(twice) }
        try assertSlug("time-does-not-exist") { try shop.book(#"{"service":"visit","start":"2027-03-28T02:30"}"#) }

        let order = try shop.book(String(twice.dropLast()) + #","start_offset":"+02:00"}"#, ext: "a")
        try shop.book(String(twice.dropLast()) + #","start_offset":"+01:00"}"#)

        let details = try JSON(parsing: order.details.bytes)
        XCTAssertEqual(details["end"], .string("2027-10-31T02:15+01:00"))
        XCTAssertEqual(details["end_at"], .string("2027-10-31T01:15:00Z"))
        try assertSlug("time-ambiguous") { try shop.ask("reschedule", #"{"ext":"a","start":"2027-10-31T02:45"}"#) }
        try shop.ask("reschedule", #"{"ext":"a","start":"2027-10-31T00:30"}"#)
    }

    func testOtherHoursOnADateAndClosuresComeFirst() throws {
        let shop = try shop(days: "thu", open: "09:00-12:00")
        try hours(shop, "2026-12-24", "10:00-11:00")
        try hours(shop, "2026-12-25", "08:00-09:00")
        let closed = try XCTUnwrap(
            shop.ask(
                "close", #"{"resource":"room","from":"2026-12-17T10:00","to":"2026-12-17T11:00","reason":"Fair"}"#
            ).first)
        XCTAssertEqual(closed["booked"], .array([]))

        XCTAssertEqual(
            try starts(shop, "2026-12-17", "2026-12-25"),
            ["2026-12-17T09:00", "2026-12-17T11:00", "2026-12-24T10:00", "2026-12-25T08:00"])
        try assertSlug("outside-hours") { try shop.book(#"{"service":"visit","start":"2026-12-17T10:00"}"#) }

        try shop.ask("reopen", #"{"id":1}"#)
        try assertSlug("no-closure") { try shop.ask("reopen", #"{"id":1}"#) }
        try shop.ask("set-hours", #"{"resource":"room","days":["2026-12-24"],"usual":true}"#)
        try shop.ask("close", #"{"from":"2026-12-18","to":"2026-12-25"}"#)
        XCTAssertEqual(
            try starts(shop, "2026-12-17", "2026-12-26"), ["2026-12-17T09:00", "2026-12-17T10:00", "2026-12-17T11:00"])
        XCTAssertEqual(try shop.ask("closures").map { $0["to"] }, [.string("2026-12-26T00:00")])
    }

    func testAClosureTellsWhoHasBookedAlready() throws {
        let shop = try shop()
        let order = try shop.book(#"{"service":"visit","start":"2026-12-17T10:00"}"#)

        let closed = try shop.ask("close", #"{"from":"2026-12-17","to":"2026-12-17"}"#)

        XCTAssertEqual(closed.first?["booked"], .array([.number(String(order.id.rawValue))]))
    }

    func testStaffMayBookOutsideTheHoursAndOthersMayNot() throws {
        var shop = try shop(days: "mon", open: "09:00-12:00")
        let sunday = #"{"service":"visit","start":"2026-12-06T10:00","outside_hours":true}"#

        try shop.book(sunday)
        shop.occasion.actor = .channel("web")
        try assertSlug("outside-hours") { try shop.book(sunday.replacing("T10", with: "T12")) }
    }

    func testWhatIsOfferedIsExactlyWhatCanBeBooked() throws {
        let shop = try shop()
        try shop.ask(
            "set-service",
            #"{"service":"visit","duration":50,"before":10,"after":5,"step":15,"seats":2,"resources":["room"]}"#)
        try shop.ask("set-resource", #"{"resource":"room","capacity":2}"#)
        try hours(shop, "tue", "08:00-12:00,13:30-18:00")
        try shop.ask("close", #"{"from":"2026-12-01T16:00","to":"2026-12-01T16:40"}"#)
        for time in ["08:20", "08:30", "10:00", "13:30", "15:00", "15:05"] {
            try shop.book(#"{"service":"visit","start":"2026-12-01T\#(time)"}"#)
        }
        let offered = Set(try times(shop, "2026-12-01"))
        var bookable: Set<String> = []
        for quarter in 0..<96 {
            let time = String(Instant(seconds: Int64(quarter) * 900).text.dropFirst(11).prefix(5))
            guard
                let order = try? shop.book(#"{"service":"visit","start":"2026-12-01T\#(time)"}"#)
            else { continue }
            bookable.insert(time)
            try shop.update(order, state: "cancelled")
        }

        XCTAssertEqual(offered, bookable)
        XCTAssertGreaterThan(offered.count, 5)
    }

    func testPagesOfFreeTimesGoOnWhereTheOneBeforeEnded() throws {
        let shop = try shop()
        try shop.ask("set-resource", #"{"resource":"room 2","time_zone":"America/New_York"}"#)
        try shop.ask("set-service", #"{"service":"visit","resources":["room 2","room"]}"#)
        let all = try shop.ask(
            "availability", #"{"service":"visit","from":"2027-03-27","to":"2027-03-29","limit":1000}"#)
        var paged: [JSON] = []
        while paged.count < all.count {
            let after =
                try paged.last.map { row in
                    let start = try Instant(parsing: row["start_at"]?.stringValue ?? "", zone: .gmt).seconds
                    return #","after":[\#(start),\#(row["resource"] == .string("room 2") ? 0 : 1)]"#
                } ?? ""
            let page = try shop.ask(
                "availability", #"{"service":"visit","from":"2027-03-27","to":"2027-03-29","limit":7\#(after)}"#)
            guard !page.isEmpty else { break }
            paged += page
        }

        XCTAssertEqual(paged, all)
    }

    func testThePastIsNotOffered() throws {
        XCTAssertEqual(try starts(shop(), "2026-11-22", "2026-11-22").first, "2026-11-22T11:00")
    }

    func testHoursAreShownAsTheyWereSaid() throws {
        let shop = try shop(days: "fri", open: "13:00-18:00,22:00-02:00,09:00-12:00")
        try hours(shop, "2026-12-24", "00:00-24:00")
        let shown = try XCTUnwrap(shop.ask("hours", #"{"resource":"ROOM"}"#).first)

        XCTAssertEqual(
            shown["week"]?["fri"]?.arrayValue?.compactMap(\.stringValue), ["09:00-12:00", "13:00-18:00", "22:00-02:00"])
        XCTAssertEqual(shown["week"]?["mon"], .array([]))
        XCTAssertEqual(shown["dates"]?["2026-12-24"], .array([.string("00:00-24:00")]))
        XCTAssertEqual(shown["always_open"], .bool(false))
        try shop.ask("set-hours", #"{"resource":"room","always":true}"#)
        XCTAssertEqual(try shop.ask("hours", #"{"resource":"room"}"#).first?["always_open"], .bool(true))
    }

    func testWrongHoursAreRefused() throws {
        let shop = try shop()
        for (arguments, argument) in [
            (#""days":["monday"],"open":[]"#, "days"), (#""days":["2026-02-30"],"open":[]"#, "days"),
            (#""open":["09:00-12:00"]"#, "days"), (#""days":["mon"]"#, "open"),
            (#""days":["mon"],"open":["9-12"]"#, "open"), (#""days":["mon"],"open":["09:00-24:30"]"#, "open"),
            (#""days":["mon"],"open":["24:00-09:00"]"#, "open"), (#""days":["mon"],"usual":true"#, "usual"),
            (#""days":["mon"],"always":true"#, "days"),
        ] {
            let refusal = try assertSlug("bad-value") {
                try shop.ask("set-hours", #"{"resource":"room",\#(arguments)}"#)
            }
            XCTAssertEqual(refusal?.details.first?.value, .string(argument), arguments)
        }
        for (from, to) in [("2026-12-24", "2026-12-23"), ("2026-12-24T10:00Z", "2026-12-25"), ("soon", "2026-12-25")] {
            try assertSlug("bad-value") { try shop.ask("close", #"{"from":"\#(from)","to":"\#(to)"}"#) }
        }
    }
}
