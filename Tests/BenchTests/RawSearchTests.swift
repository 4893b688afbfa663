import TestSupport
import XCTest

@testable import patron_bench

final class RawSearchTests: XCTestCase {
    func testTheRawIndexOfAddressesFindsAllWhoHaveTheWord() throws {
        try withTemporaryDirectory { folder in
            let shop = try CrowdedShop(at: "\(folder)/shop.sqlite", customers: 1_200, orders: 1)
            let raw = try RawSearch(shop: shop.path, beside: "\(folder)/raw.sqlite")
            let question = try XCTUnwrap(
                SearchQuestion.all(regular: shop.regular).first { $0.name == "e-mail substring" })
            let scan = "SELECT id FROM shop.customer WHERE email_key LIKE '%' || ? || '%' LIMIT 100"

            var found = 0
            for word in question.words {
                let rows = try raw.rows(question.sql, question.pattern.replacingOccurrences(of: "#", with: word))
                XCTAssertEqual(rows, try raw.rows(scan, word), word)
                found += rows
            }

            XCTAssertGreaterThan(found, 0)
        }
    }
}
