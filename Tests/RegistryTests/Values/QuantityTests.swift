import Registry
import TestSupport
import XCTest

final class QuantityTests: XCTestCase {
    func testQuantitiesAreReadInMillionths() throws {
        for (text, micros) in [("2", 2_000_000), ("0.345", 345_000), ("-1.5", -1_500_000), ("0.000001", 1)] {
            XCTAssertEqual(try Quantity(parsing: text).micros, Int64(micros))
            XCTAssertEqual(try UnitPrice(parsing: text).micros, Int64(micros))
        }
    }

    func testTextIsTheShortest() throws {
        for (micros, text) in [
            (2_000_000, "2"), (345_000, "0.345"), (-1_500_000, "-1.5"), (1, "0.000001"), (0, "0"), (100_000_000, "100"),
            (10_100_000, "10.1"),
        ] {
            XCTAssertEqual(Quantity(micros: Int64(micros)).text, text)
            XCTAssertEqual(UnitPrice(micros: Int64(micros)).text, text)
        }
    }

    func testASeventhFractionDigitIsRefused() {
        XCTAssertThrowsError(try Quantity(parsing: "0.0000010")) {
            XCTAssertEqual($0 as? ValueError, .tooManyFractionDigits(allowed: 6))
        }
        XCTAssertThrowsError(try UnitPrice(parsing: "1.1234567")) {
            XCTAssertEqual($0 as? ValueError, .tooManyFractionDigits(allowed: 6))
        }
    }

    func testNumbersBeyondTheRangeAreRefused() {
        XCTAssertThrowsError(try Quantity(parsing: "9223372036855")) {
            XCTAssertEqual($0 as? ValueError, .outOfRange)
        }
    }

    func testTextIsReadBackAsTheSameQuantity() throws {
        var random = SeededGenerator(seed: 2)
        for shift in 0..<64 {
            let quantity = Quantity(micros: Int64(bitPattern: random.next()) >> Int64(shift))

            XCTAssertEqual(try Quantity(parsing: quantity.text), quantity)
        }
    }
}
