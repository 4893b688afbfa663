import Registry
import StrictJSON
import TestSupport
import XCTest

final class AddressTests: XCTestCase {
    private func fields(_ members: KeyValuePairs<AddressField, String>) throws -> AddressFields {
        var fields = AddressFields()
        for (field, text) in members { try fields.set(field, to: text) }
        return fields
    }

    private func home(_ title: String? = nil) throws -> AddressFields {
        var fields = try fields([.line1: "Am Weg 1", .postcode: "50667", .city: "Köln"])
        try fields.set(.title, to: title)
        return fields
    }

    private func add(
        _ fields: AddressFields, to customer: CustomerID, in book: Book, shipping: Bool = false, billing: Bool = false
    ) throws -> Address {
        try book.write {
            try AddressWriter($0, book.occasion).add(
                fields, to: customer, source: "staff", isShipping: shipping, isBilling: billing
            ).address
        }
    }

    private func addresses(of customer: CustomerID, in book: Book) throws -> [Address] {
        try book.read { try AddressReader($0).addresses(of: customer) }
    }

    func testACustomerHasSeveralAddressesEachWithATitle() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")

        _ = try add(home("Home"), to: anna, in: book)
        _ = try add(fields([.title: "Work", .line1: "Markt 2", .postcode: "50667", .city: "Köln"]), to: anna, in: book)
        _ = try add(fields([.line1: "Markt 3", .postcode: "50667", .city: "Köln"]), to: anna, in: book)
        _ = try add(fields([.line1: "Markt 4", .postcode: "50667", .city: "Köln"]), to: anna, in: book)

        XCTAssertEqual(
            try addresses(of: anna, in: book).map(\.fields.title), ["Home", "Work", "Köln", "Köln 2"])
        XCTAssertEqual(try addresses(of: anna, in: book).map(\.fields.country?.code), ["DE", "DE", "DE", "DE"])
        XCTAssertEqual(try book.customer(anna).rev, 5)
        assertThrows(AddressError.titleTaken(by: AddressID(rawValue: 2))) {
            try add(fields([.title: "WORK", .line1: "Ring 1", .postcode: "50667", .city: "Köln"]), to: anna, in: book)
        }
    }

    func testEqualAddressesAreKeptOnce() throws {
        let book = try Book()
        let (anna, bert) = (try book.create(name: "Anna Öz"), try book.create(name: "Bert"))
        let first = try add(home("Home"), to: anna, in: book)

        let same = try fields([
            .title: "Other", .name: "ANNA ÖZ", .line1: " am  WEG 1", .postcode: "50 667", .city: "KOLN",
            .country: "de", .phone: "1",
        ])
        let again = try book.write { try AddressWriter($0, book.occasion).add(same, to: anna, source: "staff") }
        _ = try add(home(), to: bert, in: book)

        let chosen = try add(home(), to: anna, in: book, shipping: true)
        XCTAssertEqual(chosen.id, first.id)
        XCTAssertEqual(chosen.rev, 2)
        XCTAssertTrue(chosen.isShipping)
        XCTAssertEqual(again.address, first)
        XCTAssertTrue(again.isExisting)
        XCTAssertEqual(try addresses(of: anna, in: book), [chosen])
        XCTAssertEqual(try addresses(of: bert, in: book).count, 1)
    }

    func testWhatACountryNeedsMustBeThere() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        for (country, missing) in [
            ("DE", [AddressField.line1, .city, .postcode]), ("FR", [.line1, .city, .postcode]),
            ("TR", [.line1, .city, .postcode]), ("CH", [.line1, .city, .postcode]), ("GB", [.line1, .city, .postcode]),
            ("US", [.line1, .city, .region, .postcode]), ("CA", [.line1, .city, .region, .postcode]),
            ("AU", [.line1, .city, .region, .postcode]), ("IT", [.line1, .city, .region, .postcode]),
            ("JP", [.line1, .region, .postcode]), ("IE", [.line1, .city]), ("AO", [.line1, .city]),
            ("SG", [.line1, .postcode]), ("AQ", [.line1, .city]),
        ] {
            assertThrows(AddressError.incomplete(missing: missing)) {
                try add(fields([.title: "x", .country: country]), to: anna, in: book)
            }
        }
        for country in "AT BE BG HR CY CZ DK EE FI FR DE GR HU IT LV LT LU MT NL PL PT RO SK SI ES SE".split(
            separator: " ")
        {
            let missing = try fields([.line1: "x", .city: "y", .region: "z", .country: String(country)]).missing
            XCTAssertEqual(missing, [.postcode], String(country))
        }
        XCTAssertEqual(try addresses(of: anna, in: book), [])
    }

    func testAtMostOneAddressIsTheDefaultForEachUse() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let first = try add(home("Home"), to: anna, in: book, shipping: true, billing: true)
        let second = try add(
            fields([.line1: "Markt 2", .postcode: "50667", .city: "Köln"]), to: anna, in: book, shipping: true)

        XCTAssertEqual(try addresses(of: anna, in: book).map(\.isShipping), [false, true])
        XCTAssertEqual(try addresses(of: anna, in: book).map(\.isBilling), [true, false])
        let changed = try book.write {
            try AddressWriter($0, book.occasion).update(first.id, ifRevision: 2, isShipping: true, isBilling: false) {
                _ in
            }
        }
        XCTAssertTrue(changed.isShipping)
        XCTAssertFalse(changed.isBilling)
        XCTAssertEqual(try addresses(of: anna, in: book).map(\.isShipping), [true, false])
        XCTAssertEqual(try addresses(of: anna, in: book).map(\.rev), [3, second.rev + 1])
    }

    func testAnAddressIsChangedAndRemovedByItself() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let first = try add(home("Home"), to: anna, in: book)
        let second = try add(fields([.line1: "Markt 2", .postcode: "50667", .city: "Köln"]), to: anna, in: book)

        let changed = try book.write {
            try AddressWriter($0, book.occasion).update(first.id, ifRevision: 1) { try $0.set(.line2, to: "Hof") }
        }

        XCTAssertEqual(changed.fields.line2, "Hof")
        XCTAssertEqual(changed.fields.title, "Home")
        XCTAssertEqual(changed.rev, 2)
        assertThrows(AddressError.staleRevision(current: 2)) {
            try book.write { try AddressWriter($0, book.occasion).update(first.id, ifRevision: 1) { _ in } }
        }
        assertThrows(AddressError.incomplete(missing: [.city])) {
            try book.write {
                try AddressWriter($0, book.occasion).update(first.id, ifRevision: nil) { try $0.set(.city, to: " ") }
            }
        }
        assertThrows(AddressError.exists(second.id)) {
            try book.write {
                try AddressWriter($0, book.occasion).update(first.id, ifRevision: nil) {
                    $0 = second.fields
                    $0.title = "New"
                }
            }
        }
        _ = try book.write { try AddressWriter($0, book.occasion).remove(second.id, ifRevision: 1) }
        assertThrows(AddressError.notFound) {
            try book.write { try AddressWriter($0, book.occasion).remove(second.id, ifRevision: nil) }
        }
        XCTAssertEqual(try addresses(of: anna, in: book), [changed])
        let third = try add(fields([.line1: "Ring 3", .postcode: "50667", .city: "Köln"]), to: anna, in: book)
        XCTAssertNotEqual(third.id, second.id)
        XCTAssertFalse(try book.timeline().contains { $0.data.text.contains("Weg") || $0.data.text.contains("Köln") })
    }

    func testABookHasAnEnd() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        for number in 1...AddressWriter.limit {
            _ = try add(fields([.line1: "Weg \(number)", .postcode: "50667", .city: "Köln"]), to: anna, in: book)
        }

        assertThrows(AddressError.tooMany(limit: AddressWriter.limit)) { try add(home("x"), to: anna, in: book) }
    }

    func testAPartIsOneLine() throws {
        var fields = AddressFields()
        try fields.set(.line1, to: " Weg 1\n\u{0}\u{7}Hinterhaus\t")

        XCTAssertEqual(fields.line1, "Weg 1 Hinterhaus")
        assertThrows(AddressError.fieldTooLong(.city, limit: 500)) {
            try fields.set(.city, to: String(repeating: "x", count: 501))
        }
        assertThrows(AddressError.badField(.country, .badCountry("Atlantis"))) {
            try fields.set(.country, to: "Atlantis")
        }
    }
}
