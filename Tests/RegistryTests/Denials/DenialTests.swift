import StrictJSON
import TestSupport
import XCTest

@testable import Registry

final class DenialTests: XCTestCase {
    private let reasons = DenialReasons(inner: "chargebacks", outer: "please call us")

    private func deny(_ contact: Contact, in book: Book) throws -> [CustomerID] {
        let reasons = reasons
        return try book.write { try DenialWriter($0, book.occasion).deny(contact, reasons) }
    }

    private func email(_ text: String) throws -> Contact { .email(try EmailAddress(parsing: text).key) }

    func testNobodyOrdersWithADeniedContact() throws {
        for record in Policies.GuestRecord.allCases {
            let book = try Book().under { $0.guestRecord = record }
            XCTAssertEqual(try deny(try email("Never@Example.org"), in: book), [])
            XCTAssertEqual(try deny(.phone("+4930123456"), in: book), [])
            let entries = try book.timeline().count

            for buyer in [
                try book.buyer(email: "never@example.ORG"), try book.buyer(name: "Ann", phone: "030 123456"),
                try book.buyer(email: "new@example.org", phone: "0049 30 123456"),
            ] {
                assertThrows(CustomerError.denied(publicReason: "please call us")) {
                    try book.register(.sale(100, to: buyer))
                }
            }

            XCTAssertEqual(try book.timeline().count, entries)
            XCTAssertNotNil(try book.register(.sale(100, to: try book.buyer(email: "other@example.org"))))
        }
    }

    func testWhoEntersWithADeniedContactIsDeniedFromTheStart() throws {
        let book = try Book()
        _ = try deny(try email("never@example.org"), in: book)

        let customer = try book.customer(try book.create(name: "Ann", email: "never@example.org"))

        XCTAssertEqual(customer.status, .denied)
        XCTAssertEqual(customer.denyReason, "chargebacks")
        XCTAssertEqual(customer.publicReason, "please call us")
    }

    func testADeniedContactOfACustomerDeniesTheCustomer() throws {
        let book = try Book()
        let ann = try book.create(name: "Ann", email: "ann@example.org")

        XCTAssertEqual(try deny(try email("ann@example.org"), in: book), [ann])

        XCTAssertEqual(try book.customer(ann).status, .denied)
        let contact = try email("ann@example.org")
        XCTAssertEqual(try book.write { try DenialWriter($0, book.occasion).allow(contact) }, [ann])
        XCTAssertEqual(try book.customer(ann).status, .active)
        XCTAssertEqual(try book.customer(ann).publicReason, nil)
        XCTAssertNil(try book.read { try DenialReader($0).denial(of: contact) })
    }

    func testAllowingACustomerLiftsTheDenialOfTheContact() throws {
        let book = try Book()
        let contact = try email("never@example.org")
        _ = try deny(contact, in: book)
        let ann = try book.create(name: "Ann", email: "never@example.org")

        try book.write { try CustomerWriter($0, book.occasion).allow(ann) }

        XCTAssertNil(try book.read { try DenialReader($0).denial(of: contact) })
        XCTAssertEqual(try book.customer(ann).status, .active)
    }

    func testCustomersAndContactsAreListedByPages() throws {
        let book = try Book()
        let ann = try book.create(name: "Ann")
        let reasons = reasons
        try book.write { try CustomerWriter($0, book.occasion).deny(ann, reasons) }
        _ = try deny(.phone("+4930123456"), in: book)
        _ = try deny(try email("b@example.org"), in: book)
        _ = try deny(try email("a@example.org"), in: book)

        let customers = try book.read { try DenialReader($0).customers(after: CustomerID(rawValue: 0), limit: 9) }
        let contacts = try book.read { try DenialReader($0).contacts(afterKind: "", key: "", limit: 9) }
        let rest = try book.read { try DenialReader($0).contacts(afterKind: "email", key: "a@example.org", limit: 1) }

        XCTAssertEqual(
            customers, [Denial(subject: .customer(ann, name: "Ann", email: nil, phone: nil), reasons: reasons)])
        XCTAssertEqual(
            contacts.map(\.subject),
            [
                .contact(try email("a@example.org"), since: Book.now),
                .contact(try email("b@example.org"), since: Book.now), .contact(.phone("+4930123456"), since: Book.now),
            ])
        XCTAssertEqual(rest.map(\.subject), [.contact(try email("b@example.org"), since: Book.now)])
    }

    func testWhoIsDisabledMayOrderButWhoIsDeniedIsNotEnabled() throws {
        let book = try Book()
        let ann = try book.create(name: "Ann")
        let reasons = reasons

        try book.write { try CustomerWriter($0, book.occasion).disable(ann) }
        XCTAssertEqual(try book.customer(ann).status, .disabled)
        try book.register(.sale(100, to: .customer(ann)))
        try book.write { try CustomerWriter($0, book.occasion).enable(ann) }
        XCTAssertEqual(try book.customer(ann).status, .active)
        try book.write { try CustomerWriter($0, book.occasion).deny(ann, reasons) }

        assertThrows(CustomerError.wrongStatus(.denied)) {
            try book.write { try CustomerWriter($0, book.occasion).enable(ann) }
        }
        assertThrows(CustomerError.wrongStatus(.denied)) {
            try book.write { try CustomerWriter($0, book.occasion).disable(ann) }
        }
    }

    func testNoReasonIsInTheTimeline() throws {
        let book = try Book()
        _ = try deny(try email("never@example.org"), in: book)
        _ = try book.create(name: "Ann", email: "never@example.org")

        for entry in try book.timeline() {
            XCTAssertFalse(entry.data.text.contains("chargebacks"))
            XCTAssertFalse(entry.data.text.contains("never@"))
        }
    }
}
