import Registry
import XCTest

final class PercentageTests: XCTestCase {
    func testPerCentsAreReadInMillionthsOfTheWhole() throws {
        for (text, millionths) in [("10", 100_000), ("12.5", 125_000), ("0", 0), ("100", 1_000_000), ("0.0001", 1)] {
            XCTAssertEqual(try Percentage(parsing: text).millionths, Int64(millionths))
            XCTAssertEqual(try Percentage(parsing: text).text, text)
        }
    }

    func testWhatIsNoShareIsRefused() {
        for text in ["-1", "100.0001", "101", "1.00000", "10%", "", "10,5"] {
            XCTAssertThrowsError(try Percentage(parsing: text), text) {
                XCTAssertEqual($0 as? ValueError, .badPercentage(text))
            }
        }
        XCTAssertThrowsError(try Percentage(millionths: 1_000_001)) {
            XCTAssertEqual($0 as? ValueError, .outOfRange)
        }
    }
}
