import Foundation
import Registry
import XCTest

final class MailLanguageTests: XCTestCase {
    func testACustomerIsWrittenToInTheirLanguageElseTheShopsElseEnglish() throws {
        let german = try Book().occasion.shop
        let french = try Book(locale: "fr-FR").occasion.shop

        XCTAssertEqual(MailLanguage(of: "tr-TR", in: german), .turkish)
        XCTAssertEqual(MailLanguage(of: "EN_us", in: german), .english)
        XCTAssertEqual(MailLanguage(of: nil, in: german), .german)
        XCTAssertEqual(MailLanguage(of: "fr", in: german), .german)
        XCTAssertEqual(MailLanguage(of: "Klingon", in: french), .english)
        XCTAssertEqual(MailLanguage(of: "de", in: french), .german)
    }
}
