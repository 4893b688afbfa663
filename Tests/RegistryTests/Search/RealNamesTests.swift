import TestSupport
import XCTest

@testable import Registry

final class RealNamesTests: XCTestCase {
    private func finds(_ query: String, _ name: String) -> Bool {
        var customer = SearchableCustomer(id: 1)
        customer.name = name
        let terms = SearchTerms(customer)
        let words = SearchWords.query(query)
        return !words.isEmpty && words.allSatisfy(terms.contain)
    }

    func testEquivalentSpellingsOfRealNamesAreFound() throws {
        var (root, phonebook) = ((found: 0, all: 0), (found: 0, all: 0))
        for row in try RealSpelling.all() {
            let isFound = finds(row.query, row.name)
            if row.same_at_primary_level.root {
                XCTAssertTrue(isFound, "\(row.query) does not find \(row.name)")
                root = (root.found + (isFound ? 1 : 0), root.all + 1)
            }
            if row.same_at_primary_level.de_phonebook {
                XCTAssertTrue(isFound, "\(row.query) does not find \(row.name) in a phonebook")
                phonebook = (phonebook.found + (isFound ? 1 : 0), phonebook.all + 1)
            }
        }
        print("search: root \(root.found) of \(root.all), phonebook \(phonebook.found) of \(phonebook.all)")
    }

    func testTurkishNamesAreFoundInEitherCasing() throws {
        let rows = try RealCasing.all()
        for row in rows {
            for query in row.queries {
                XCTAssertTrue(finds(query, row.name), "\(query) does not find \(row.name)")
            }
        }
        print("search: \(rows.count) Turkish names in four casings")
    }
}
