import Foundation
import Registry
import TestSupport
import XCTest

@testable import Transfer

final class TableFormatTests: XCTestCase {
    func testATimeIsReadBackAsItWasAlsoWhereClocksChange() throws {
        for name in ["Europe/Berlin", "Europe/Istanbul", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"] {
            let zone = try XCTUnwrap(TimeZone(identifier: name))
            let format = TableFormat(zone: zone, decimalSign: ".")
            var random = SeededGenerator(seed: 5)
            // The last hours of October 2026 in steps, and any time since 1950.
            let autumn = (0..<400).map { 1_792_800_000 + 900 * Int64($0) }
            let others = (0..<2_000).map { _ in Int64.random(in: -631_152_000..<2_000_000_000, using: &random) }
            for seconds in autumn + others {
                let text = format.time(Instant(seconds: seconds))

                XCTAssertEqual(try Instant(parsing: text, zone: zone).seconds, seconds, "\(name) \(text)")
            }
        }
    }

    func testNumbersHaveTheSignOfTheirSpreadsheet() throws {
        let euro = try Currency("EUR")
        let german = TableFormat(zone: .gmt, decimalSign: ",")

        XCTAssertEqual(german.number(Money(minor: -123_450, currency: euro)), "-1234,50")
        XCTAssertEqual(TableFormat(zone: .gmt, decimalSign: ".").number("0.5"), "0.5")
        XCTAssertEqual(german.time(Instant(seconds: 0)), "1970-01-01 00:00:00")
    }

    func testSeveralWordsComeApartAgain() {
        XCTAssertEqual(ListText.text([]), "")
        XCTAssertEqual(ListText.text(["VIP", "Horeca"]), "VIP,Horeca")
        XCTAssertEqual(ListText.text(["a;b", "say \"hi\""]), #""a;b","say ""hi""""#)
    }
}
