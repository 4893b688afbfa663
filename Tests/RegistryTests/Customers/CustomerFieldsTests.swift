import Registry
import TestSupport
import XCTest

final class CustomerFieldsTests: XCTestCase {
    private func setting(_ field: CustomerField, to text: String?) throws -> CustomerFields {
        var fields = CustomerFields()
        try fields.set(field, to: text, country: try Country("DE"))
        return fields
    }

    func testNamesAndCompanyAreKeptAsWritten() throws {
        let text = " \t\u{A0}\nAnna  Meier \t"

        XCTAssertEqual(try setting(.name, to: text).name, text)
        XCTAssertEqual(try setting(.firstName, to: text).firstName, text)
        XCTAssertEqual(try setting(.lastName, to: text).lastName, text)
        XCTAssertEqual(try setting(.company, to: text).company, text)
    }

    func testSpacesAroundOtherFieldsAreDropped() throws {
        XCTAssertEqual(try setting(.language, to: " de\n").language, "de")
        XCTAssertEqual(try setting(.vatID, to: "\u{A0}DE1 ").vatID, "DE1")
        XCTAssertEqual(try setting(.email, to: " anna@example.org ").email?.spelling, "anna@example.org")
    }

    func testBlankTextClears() throws {
        let spaces = " \t\u{A0}\n"

        XCTAssertNil(try setting(.name, to: spaces).name)
        XCTAssertNil(try setting(.firstName, to: spaces).firstName)
        XCTAssertNil(try setting(.company, to: spaces).company)
        XCTAssertNil(try setting(.email, to: "").email)
        var fields = try setting(.company, to: "ACME")
        try fields.set(.company, to: nil, country: try Country("DE"))
        XCTAssertNil(fields.company)
    }

    func testEachFieldGoesToItsPlace() throws {
        XCTAssertEqual(try setting(.firstName, to: "Anna").firstName, "Anna")
        XCTAssertEqual(try setting(.lastName, to: "Meier").lastName, "Meier")
        XCTAssertEqual(try setting(.language, to: "de").language, "de")
        XCTAssertEqual(try setting(.vatID, to: "DE1").vatID, "DE1")
        XCTAssertEqual(try setting(.country, to: "germany").country?.code, "DE")
        XCTAssertEqual(try setting(.birthday, to: "1984-02-29").birthday, "1984-02-29")
        XCTAssertTrue(try setting(.taxExempt, to: "true").taxExempt)
        XCTAssertFalse(try setting(.taxExempt, to: "false").taxExempt)
    }

    func testAMistakeIsNamedWithItsField() throws {
        assertThrows(CustomerError.badField(.email, .badEmail(.missingAt))) { try setting(.email, to: "anna") }
        assertThrows(CustomerError.badField(.country, .badCountry("Atlantis"))) {
            try setting(.country, to: "Atlantis")
        }
        assertThrows(CustomerError.badField(.birthday, .badInstant("1983-02-29"))) {
            try setting(.birthday, to: "1983-02-29")
        }
        XCTAssertEqual(ValueError.badInstant("1983-02-29").description, "not a date and time: 1983-02-29")
    }

    func testAPhoneIsKeptAsWrittenAndHasAKeyOnlyWithoutDoubt() throws {
        let clear = try setting(.phone, to: " 030 / 123456 ")
        let unclear = try setting(.phone, to: "1512 3456789")
        let nonsense = try setting(.phone, to: "ask my wife")

        XCTAssertEqual([clear.phone, clear.phoneKey], ["030 / 123456", "+4930123456"])
        XCTAssertEqual([unclear.phone, unclear.phoneKey], ["1512 3456789", nil])
        XCTAssertEqual([nonsense.phone, nonsense.phoneKey], ["ask my wife", nil])
    }

    func testTheFullNameIsAsGivenOrPutTogether() throws {
        var fields = CustomerFields()
        XCTAssertNil(fields.fullName)
        fields.lastName = "Meier"
        XCTAssertEqual(fields.fullName, "Meier")
        fields.firstName = "Anna"
        XCTAssertEqual(fields.fullName, "Anna Meier")
        fields.name = "Dr. Meier"
        XCTAssertEqual(fields.fullName, "Dr. Meier")
    }
}
