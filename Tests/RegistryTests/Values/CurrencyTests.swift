import Registry
import XCTest

final class CurrencyTests: XCTestCase {
    func testCodesAreReadInEitherCase() throws {
        XCTAssertEqual(try Currency("eur").code, "EUR")
        XCTAssertEqual(try Currency("EUR"), try Currency("Eur"))
    }

    func testEachCurrencyKnowsItsFractionDigits() throws {
        for (code, digits) in [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0), ("HUF", 2), ("TRY", 2)] {
            XCTAssertEqual(try Currency(code).fractionDigits, digits, code)
        }
    }

    func testWhatIsNoCurrencyIsRefused() {
        // XXX and XAU are in ISO 4217, but stand for no currency and for gold.
        for code in ["", "EU", "EURO", "XXX", "XAU", "ABC", "E R", "ÉUR"] {
            XCTAssertThrowsError(try Currency(code), code) { XCTAssertEqual($0 as? ValueError, .badCurrency(code)) }
        }
    }
}
