import Storage
import XCTest

@testable import Registry

final class CustomerPartTests: XCTestCase {
    func testEveryReferenceToACustomerBelongsToExactlyOnePart() throws {
        let book = try Book()

        let references = try book.read { transaction in
            try transaction.all(
                """
                SELECT m.name || '.' || f."from" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
                WHERE m.type = 'table' AND f."table" = 'customer' ORDER BY 1
                """
            ) { $0.text(0) }
        }

        XCTAssertEqual(CustomerPart.all.flatMap(\.columns).sorted(), references)
        XCTAssertEqual(Set(CustomerPart.all.map(\.name)).count, CustomerPart.all.count)
    }

    func testWhatIsCountedCanBeCounted() throws {
        try Book().read { transaction in
            for part in CustomerPart.all {
                guard let count = part.count else { continue }
                XCTAssertEqual(try transaction.first(count, .integer(1)) { $0.integer(0) }, 0, part.name)
            }
        }
    }
}
