import StrictJSON
import XCTest

@testable import Registry

final class PersonKeysTests: XCTestCase {
    private func keys() throws -> PersonKeys {
        let book = try Book()
        let ann = try book.create(name: "Ann Öz", email: "Ann@Example.org", phone: "0171 2345678")
        return PersonKeys(
            try book.customer(ann), externalIDs: [(channel: "stall", ext: "web-1")], in: try Country("DE"))
    }

    func testAPersonIsNamedByIdAddressNumberOrWhatTheChannelCallsThem() throws {
        let keys = try keys()

        for text in [
            #"{"customer":1}"#, #"{"customer":{"email":"ANN@example.org"}}"#,
            #"{"customer":{"phone":"+49 171 2345678"}}"#,
            #"{"customer":{"ext":"web-1"}}"#, #"{"payload":{"to":["Ann <ann@example.org>, Bo <bo@example.org>"]}}"#,
            #"{"details":{"tickets":[{"phone":"0171/2345678"}]}}"#, #"{"details":{"phone":491712345678}}"#,
        ] {
            XCTAssertTrue(keys.areNamed(in: try JSON(parsing: text), of: "stall"), text)
        }
    }

    func testOthersAreNotNamed() throws {
        let keys = try keys()

        for text in [
            "{}", #"{"customer":2}"#, #"{"customer":{"name":"Ann Öz"}}"#,
            #"{"customer":{"email":"joann@example.org"}}"#,
            #"{"customer":{"ext":"web-10"}}"#, #"{"total":"1.00","lines":[{"quantity":1}]}"#,
            #"{"details":{"receipt":"171234567"}}"#,
        ] {
            XCTAssertFalse(keys.areNamed(in: try JSON(parsing: text), of: "stall"), text)
        }
        XCTAssertFalse(keys.areNamed(in: try JSON(parsing: #"{"customer":{"ext":"web-1"}}"#), of: "pos"))
    }
}
