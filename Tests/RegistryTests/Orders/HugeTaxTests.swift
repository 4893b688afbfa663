import Registry
import TestSupport
import XCTest

final class HugeTaxTests: XCTestCase {
    func testTaxedLinesThatCancelOutFromFarBeyondTheLimitAreRefused() throws {
        let lines = [
            try OrderLine("9000000000000", at: "9000000000000", tax: "19"),
            try OrderLine("-9000000000000", at: "9000000000000", tax: "19"),
        ]

        assertThrows(ValueError.outOfRange) { try Book().register(.basket(lines)) }
    }
}
