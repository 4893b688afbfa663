import Registry
import TestSupport
import XCTest

final class MoneyTests: XCTestCase {
    func testAmountsAreReadInMinorUnits() throws {
        for (text, code, minor) in [
            ("12.50", "EUR", 1250), ("12.5", "EUR", 1250), ("-3", "EUR", -300), ("0", "EUR", 0), ("-0.05", "EUR", -5),
            ("0012", "EUR", 1200), ("1250", "JPY", 1250), ("1.25", "KWD", 1250), ("1.2345", "CLF", 12345),
            ("92233720368547758.07", "EUR", Int64.max), ("-92233720368547758.08", "EUR", Int64.min),
        ] as [(String, String, Int64)] {
            XCTAssertEqual(try Money(parsing: text, in: try Currency(code)).minor, minor, text)
        }
    }

    func testTextHasAllFractionDigits() throws {
        for (minor, code, text) in [
            (1250, "EUR", "12.50"), (0, "EUR", "0.00"), (-5, "EUR", "-0.05"), (1250, "JPY", "1250"),
            (7, "KWD", "0.007"), (Int64.min, "EUR", "-92233720368547758.08"), (100, "EUR", "1.00"),
        ] as [(Int64, String, String)] {
            XCTAssertEqual(Money(minor: minor, currency: try Currency(code)).text, text)
        }
    }

    func testWhatIsNoPlainNumberIsRefused() throws {
        let euro = try Currency("EUR")
        for text in ["", "-", ".", ".5", "5.", "+5", "1e3", " 1", "1 ", "1,50", "1.000,50", "--1", "1.2.3", "１"] {
            XCTAssertThrowsError(try Money(parsing: text, in: euro), text) {
                XCTAssertEqual($0 as? ValueError, .badAmount(text))
            }
        }
    }

    func testMoreDigitsThanTheCurrencyHasAreRefusedInsteadOfRounded() throws {
        for (text, code, allowed) in [("1.250", "EUR", 2), ("1.0", "JPY", 0), ("1.0000", "KWD", 3)] {
            XCTAssertThrowsError(try Money(parsing: text, in: try Currency(code)), text) {
                XCTAssertEqual($0 as? ValueError, .tooManyFractionDigits(allowed: allowed))
            }
        }
    }

    func testNumbersBeyondTheRangeAreRefused() throws {
        let euro = try Currency("EUR")
        for text in ["92233720368547758.08", "-92233720368547758.09", "99999999999999999999999999"] {
            XCTAssertThrowsError(try Money(parsing: text, in: euro), text) {
                XCTAssertEqual($0 as? ValueError, .outOfRange)
            }
        }
    }

    func testTextIsReadBackAsTheSameAmount() throws {
        var random = SeededGenerator(seed: 1)
        for code in ["EUR", "JPY", "KWD", "CLF"] {
            let currency = try Currency(code)
            for shift in 0..<64 {
                let money = Money(minor: Int64(bitPattern: random.next()) >> Int64(shift), currency: currency)

                XCTAssertEqual(try Money(parsing: money.text, in: currency), money)
            }
        }
    }
}
