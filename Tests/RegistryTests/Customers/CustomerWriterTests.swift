@testable import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class CustomerWriterTests: XCTestCase {
    func testNumbersCountFromOneAndARefusedCustomerTakesNone() throws {
        let book = try Book()

        let anna = try book.create(name: "Anna")
        assertThrows(CustomerError.incomplete(missing: ["name", "email", "phone"])) { try book.create() }
        let bert = try book.create(name: "Bert")

        XCTAssertEqual(try book.customer(anna).number, 1)
        XCTAssertEqual(try book.customer(bert).number, 2)
        XCTAssertEqual(try book.read { try CustomerReader($0).customer(number: 2) }, bert)
        XCTAssertNil(try book.read { try CustomerReader($0).customer(number: 3) })
    }

    func testANewCustomerIsAsItWasEntered() throws {
        let book = try Book()
        var fields = try book.fields(
            name: "Anna Meier", email: "Anna@Example.org", phone: "030 123456", company: "ACME")
        fields.firstName = "Anna"
        fields.lastName = "Meier"
        fields.country = try Country("AT")
        fields.language = "de"
        fields.vatID = "ATU123"
        fields.taxExempt = true
        fields.birthday = "1984-02-29"
        fields.custom = [JSON.Member(name: "shoe", value: .number("42"))]
        let entered = fields

        let id = try book.write {
            try CustomerWriter($0, book.occasion).create(entered, source: "pos", account: .invited, isTest: true)
        }

        XCTAssertEqual(
            try book.customer(id),
            Customer(
                id: id, number: 1, rev: 1, fields: entered, status: .active, denyReason: nil, publicReason: nil,
                account: .invited,
                source: "pos", isTest: true, joinedAt: Book.now, orderCount: 0, lastOrderAt: nil, tags: [],
                groups: [],
                channels: [], totals: [Money(minor: 0, currency: try Currency("EUR"))], consent: [],
                emailVerifiedAt: nil, mergedInto: nil))
    }

    func testACustomerKnownByAnExternalIDAloneMayBeOtherwiseUnknown() throws {
        let book = try Book()

        let id = try book.write {
            try CustomerWriter($0, book.occasion).enter(
                CustomerFields(), source: "pos", account: .none, isTest: false, isKnownByExt: true)
        }

        XCTAssertTrue(try book.customer(id).fields.isAnonymous)
    }

    func testAnAddressBelongsToOneCustomerHoweverItIsSpelt() throws {
        let book = try Book()
        let anna = try book.create(email: "anna@example.org")
        let bert = try book.create(name: "Bert")

        assertThrows(CustomerError.emailTaken(by: anna)) { try book.create(name: "Other", email: " ANNA@Example.ORG ") }
        assertThrows(CustomerError.emailTaken(by: anna)) {
            try book.update(bert) { $0.email = try EmailAddress(parsing: "Anna@example.org") }
        }

        XCTAssertEqual(try book.customer(bert).rev, 1)
        XCTAssertNil(try book.customer(bert).fields.email)
    }

    func testPeopleWhoShareAnAddressAreToldApartByName() throws {
        let book = try Book().under { $0.sharesEmail = true }
        let anna = try book.create(name: "Anna", email: "home@example.org")
        let bert = try book.create(name: "Bert", email: "HOME@example.org")

        assertThrows(CustomerError.emailTaken(by: anna)) { try book.create(name: "ANNA", email: "home@example.org") }
        assertThrows(CustomerError.emailTaken(by: anna)) { try book.create(name: "Bért", email: "home@example.org") }

        let email = try EmailAddress(parsing: "home@example.org")
        XCTAssertEqual(try book.read { try CustomerReader($0).customers(email: email) }, [anna, bert])
    }

    func testTheSecondAtASharedAddressKeepsTheSeatWhenThePolicyEnds() throws {
        let shared = try Book().under { $0.sharesEmail = true }
        try shared.create(name: "Anna", email: "home@example.org")
        let bert = try shared.create(name: "Bert", email: "home@example.org")
        let single = shared.under { $0.sharesEmail = false }

        try single.update(bert) { $0.language = "tr" }

        XCTAssertEqual(try single.customer(bert).fields.language, "tr")
        XCTAssertEqual(try single.customer(bert).fields.email?.spelling, "home@example.org")
    }

    func testAnUpdateKeepsWhatItDoesNotName() throws {
        let book = try Book()
        let id = try book.create(name: "Anna", email: "anna@example.org", phone: "030 123456")
        let before = try book.customer(id).fields

        try book.update(id) { $0.language = "tr" }

        var expected = before
        expected.language = "tr"
        XCTAssertEqual(try book.customer(id).fields, expected)
        XCTAssertEqual(try book.customer(id).rev, 2)
    }

    func testAnUpdateThatChangesNothingLeavesNoTrace() throws {
        let book = try Book()
        let id = try book.create(name: "Anna")

        try book.update(id) { $0.name = "Anna" }

        XCTAssertEqual(try book.customer(id).rev, 1)
        XCTAssertEqual(try book.timeline().map(\.topic), ["customer.created"])
    }

    func testAnUpdateTellsTheTimelineTheFieldsItChanged() throws {
        let book = try Book()
        let id = try book.create(name: "Anna")

        try book.update(id) { fields in
            fields.company = "ACME"
            fields.language = "de"
        }

        XCTAssertEqual(try book.timeline(after: 1).map(\.data.text), [#"{"fields":["language","company"]}"#])
    }

    func testAStaleRevisionIsRefused() throws {
        let book = try Book()
        let id = try book.create(name: "Anna")
        try book.update(id, ifRevision: 1) { $0.language = "de" }

        assertThrows(CustomerError.staleRevision(current: 2)) {
            try book.update(id, ifRevision: 1) { $0.language = "tr" }
        }

        XCTAssertEqual(try book.customer(id).fields.language, "de")
    }

    func testNobodyBecomesAnonymousAndNobodyUnknownIsChanged() throws {
        let book = try Book()
        let id = try book.create(name: "Anna")

        assertThrows(CustomerError.incomplete(missing: ["name", "email", "phone"])) {
            try book.update(id) { $0.name = nil }
        }
        assertThrows(CustomerError.notFound) { try book.update(CustomerID(rawValue: 9)) { $0.name = "x" } }
        assertThrows(CustomerError.notFound) { try book.customer(CustomerID(rawValue: 9)) }
    }

    func testBlanksAreFilledAndNothingIsOverwritten() throws {
        let book = try Book()
        let id = try book.create(name: "Anna", phone: "030 123456")
        var other = try book.fields(
            name: "Other", email: "other@example.org", phone: "030 999999", company: "ACME")
        other.country = try Country("FR")
        other.language = "fr"
        other.vatID = "FR1"
        other.taxExempt = true
        other.birthday = "2000-01-01"
        let snapshot = other

        try book.write { try CustomerWriter($0, book.occasion).fillBlanks(of: id, from: snapshot) }

        var expected = try book.fields(name: "Anna", phone: "030 123456", company: "ACME")
        expected.country = try Country("FR")
        expected.language = "fr"
        expected.vatID = "FR1"
        XCTAssertEqual(try book.customer(id).fields, expected)
        XCTAssertEqual(try book.customer(id).rev, 2)
    }

    func testADeniedCustomerIsSoUntilAllowed() throws {
        let book = try Book()
        let id = try book.create(name: "Anna")

        try book.write {
            try CustomerWriter($0, book.occasion).deny(id, DenialReasons(inner: "never pays", outer: nil))
        }
        XCTAssertEqual(try book.customer(id).status, .denied)
        XCTAssertEqual(try book.customer(id).denyReason, "never pays")
        XCTAssertEqual(try book.customer(id).rev, 2)
        try book.write { try CustomerWriter($0, book.occasion).allow(id) }
        try book.write { try CustomerWriter($0, book.occasion).allow(id) }

        XCTAssertEqual(try book.customer(id).status, .active)
        XCTAssertNil(try book.customer(id).denyReason)
        XCTAssertEqual(try book.customer(id).rev, 3)
        XCTAssertEqual(
            try book.timeline().map(\.topic), ["customer.created", "customer.denied", "customer.allowed"])
    }

    func testTheReasonOfADenialIsInNoTimelineEntry() throws {
        let book = try Book()
        let id = try book.create(name: "Anna")

        try book.write {
            try CustomerWriter($0, book.occasion).deny(id, DenialReasons(inner: "never pays", outer: nil))
        }
        try book.write { try CustomerWriter($0, book.occasion).allow(id) }

        for entry in try book.timeline() { XCTAssertFalse(entry.data.text.contains("never pays"), entry.topic) }
        XCTAssertEqual(try book.timeline().dropFirst().map(\.data.text), ["{}", "{}"])
    }

    func testAnErasedCustomerIsNeitherChangedNorDenied() throws {
        let book = try Book()
        let id = try book.create(name: "Anna")
        try book.write {
            try $0.execute("UPDATE customer SET status = 'erased' WHERE id = ?", .integer(id.rawValue))
        }

        assertThrows(CustomerError.erased) { try book.update(id) { $0.name = "x" } }
        assertThrows(CustomerError.erased) {
            try book.write { try CustomerWriter($0, book.occasion).deny(id, DenialReasons(inner: nil, outer: nil)) }
        }
        assertThrows(CustomerError.notFound) {
            try book.write {
                try CustomerWriter($0, book.occasion).deny(
                    CustomerID(rawValue: 9), DenialReasons(inner: nil, outer: nil))
            }
        }
    }
}
