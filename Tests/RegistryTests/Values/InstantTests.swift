import Foundation
import Registry
import TestSupport
import XCTest

final class InstantTests: XCTestCase {
    func testTextWithAnOffsetIsReadInUTC() throws {
        let zone = try zone("Europe/Berlin")
        for (text, utc) in [
            ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"), ("2026-11-22t10:00z", "2026-11-22T10:00:00Z"),
            ("2026-11-22 10:00:30+01:00", "2026-11-22T09:00:30Z"), ("2026-11-22T10:00-0530", "2026-11-22T15:30:00Z"),
            ("2026-11-22T10:00:00.999Z", "2026-11-22T10:00:00Z"), ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"),
            ("2024-02-29T00:00Z", "2024-02-29T00:00:00Z"), ("0001-01-01T00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"), ("2026-01-01T00:30+01:00", "2025-12-31T23:30:00Z"),
        ] {
            XCTAssertEqual(try Instant(parsing: text, zone: zone).text, utc, text)
        }
    }

    func testTextWithoutAnOffsetIsWallTimeInTheZone() throws {
        for (text, name, utc) in [
            ("2026-11-22T10:00", "Europe/Berlin", "2026-11-22T09:00:00Z"),
            ("2026-07-22T10:00:05", "Europe/Berlin", "2026-07-22T08:00:05Z"),
            ("2026-07-22 10:00", "America/New_York", "2026-07-22T14:00:00Z"),
            ("2026-07-22", "Europe/Istanbul", "2026-07-21T21:00:00Z"),
            ("2026-07-22", "Asia/Kolkata", "2026-07-21T18:30:00Z"),
        ] {
            XCTAssertEqual(try Instant(parsing: text, zone: try zone(name)).text, utc, text)
        }
    }

    func testATimeTheClockChangeSkipsMovesForward() throws {
        let berlin = try zone("Europe/Berlin")

        XCTAssertEqual(try Instant(parsing: "2026-03-29T01:59:59", zone: berlin).text, "2026-03-29T00:59:59Z")
        XCTAssertEqual(try Instant(parsing: "2026-03-29T02:30", zone: berlin).text, "2026-03-29T01:30:00Z")
        XCTAssertEqual(try Instant(parsing: "2026-03-29T03:30", zone: berlin).text, "2026-03-29T01:30:00Z")
    }

    func testATimeThatOccursTwiceIsTheFirst() throws {
        let berlin = try zone("Europe/Berlin")

        XCTAssertEqual(try Instant(parsing: "2026-10-25T02:30", zone: berlin).text, "2026-10-25T00:30:00Z")
        XCTAssertEqual(try Instant(parsing: "2026-10-25T03:00", zone: berlin).text, "2026-10-25T02:00:00Z")
    }

    func testADayWithoutMidnightStartsAtItsFirstHour() throws {
        let saoPaulo = try zone("America/Sao_Paulo")

        XCTAssertEqual(try Instant(parsing: "2018-11-04", zone: saoPaulo).text, "2018-11-04T03:00:00Z")
    }

    func testTimesThatDoNotExistAreRefused() throws {
        let zone = try zone("UTC")
        for text in [
            "", "2026", "2026-11", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "1900-02-29", "2026-11-00",
            "2026-11-22T", "2026-11-22T10", "2026-11-22T24:00", "2026-11-22T10:60", "2026-11-22T10:00:60",
            "2026-11-22T10:00:00.", "2026-11-22T10:00:00,5", "2026-11-22T10:00+1", "2026-11-22T10:00+24:00",
            "2026-11-22T10:00+01", "2026-11-22T10:00Z ", " 2026-11-22", "22.11.2026", "2026-11-22Z", "0000-01-01",
            "0001-01-01T00:00+01:00", "9999-12-31T23:59-01:00", "2026-1-2", "２０２６-11-22", "2026-11-22X10:00",
        ] {
            XCTAssertThrowsError(try Instant(parsing: text, zone: zone), text) {
                XCTAssertEqual($0 as? ValueError, .badInstant(text))
            }
        }
    }

    func testTextIsReadBackAsTheSameInstant() throws {
        let zone = try zone("UTC")
        var random = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
            let instant = Instant(seconds: seconds)

            XCTAssertEqual(try Instant(parsing: instant.text, zone: zone), instant)
        }
    }

    func testEachDayOfFourCenturiesFollowsTheDayBefore() throws {
        let zone = try zone("UTC")
        var days = Set<String>()
        for day in Int64(0)..<146_097 { days.insert(String(Instant(seconds: day * 86_400).text.prefix(10))) }

        XCTAssertEqual(days.count, 146_097)
        XCTAssertEqual(try Instant(parsing: "2370-01-01", zone: zone).seconds, 146_097 * 86_400)
    }

    func testEarlierInstantsComeFirst() {
        XCTAssertLessThan(Instant(seconds: -1), Instant(seconds: 0))
    }

    private func zone(_ name: String) throws -> TimeZone {
        try XCTUnwrap(TimeZone(identifier: name))
    }
}
