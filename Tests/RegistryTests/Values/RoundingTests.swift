import Registry
import TestSupport
import XCTest

final class RoundingTests: XCTestCase {
    func testATieGoesToTheEvenNeighbour() {
        for (minor, millionths, share) in [
            (25, 100_000, 2), (35, 100_000, 4), (-25, 100_000, -2), (-35, 100_000, -4), (26, 100_000, 3),
            (24, 100_000, 2), (5, 100_000, 0), (15, 100_000, 2), (-5, 100_000, 0), (1999, 1_000_000, 1999),
        ] as [(Int64, Int64, Int64)] {
            XCTAssertEqual(Rounding.share(of: minor, millionths: millionths), share, "\(minor)")
        }
    }

    func testASharePastTheRangeStopsAtItsEnd() {
        XCTAssertEqual(Rounding.share(of: .max, millionths: 1_000_000), .max)
        XCTAssertEqual(Rounding.share(of: .max, millionths: 2_000_000), .max)
        XCTAssertEqual(Rounding.share(of: .min, millionths: 2_000_000), .min)
    }

    func testSharesAgreeWithLongDivision() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let minor = Int64(bitPattern: random.next()) >> Int64.random(in: 30...60, using: &random)
            let millionths = Int64.random(in: 0...1000, using: &random) * 1000

            XCTAssertEqual(Rounding.share(of: minor, millionths: millionths), slowShare(minor, millionths))
        }
    }

    func testProductsAreRoundedToTheMinorUnitOfTheCurrency() throws {
        for (product, code, minor) in [
            (12_345_000_000_000, "EUR", 1234), (12_355_000_000_000, "EUR", 1236), (12_500_000_000_000, "JPY", 12),
            (12_345_500_000_000, "KWD", 12346), (-12_345_000_000_001, "EUR", -1235),
        ] as [(Int128, String, Int64)] {
            XCTAssertEqual(try Rounding.minorUnits(ofMicroProduct: product, currency: try Currency(code)), minor)
        }
    }

    func testAProductThatDoesNotFitIsRefused() throws {
        let euro = try Currency("EUR")

        XCTAssertThrowsError(try Rounding.minorUnits(ofMicroProduct: .max, currency: euro)) {
            XCTAssertEqual($0 as? ValueError, .outOfRange)
        }
    }

    func testASubtotalIsRoundedOnceAtTheEnd() throws {
        let euro = try Currency("EUR")
        let third = (quantity: try Quantity(parsing: "0.5"), unitPrice: try UnitPrice(parsing: "0.01"))

        XCTAssertEqual(try lineSubtotal([third], in: euro).minor, 0)
        XCTAssertEqual(try lineSubtotal([third, third], in: euro).minor, 1)
        XCTAssertEqual(try lineSubtotal([third, third, third], in: euro).minor, 2)
        XCTAssertEqual(try lineSubtotal([], in: euro), Money(minor: 0, currency: euro))
    }

    func testASubtotalThatDoesNotFitIsRefused() throws {
        let line = (quantity: Quantity(micros: .min), unitPrice: UnitPrice(micros: .min))
        let yen = try Currency("JPY")

        for lines in [[line], [line, line], [line, line, line]] {
            XCTAssertThrowsError(try lineSubtotal(lines, in: yen)) {
                XCTAssertEqual($0 as? ValueError, .outOfRange)
            }
        }
    }

    /// Half-even by counting up, in the plainest way.
    private func slowShare(_ minor: Int64, _ millionths: Int64) -> Int64 {
        let thousandths = Int128(minor) * Int128(millionths / 1000)
        let size = thousandths.magnitude
        var whole = size / 1000
        switch size % 1000 {
        case 0..<500: break
        case 500: if whole % 2 == 1 { whole += 1 }
        default: whole += 1
        }
        return minor < 0 ? -Int64(whole) : Int64(whole)
    }
}
