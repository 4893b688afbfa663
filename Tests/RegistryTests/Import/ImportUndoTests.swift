import Registry
import Storage
import TestSupport
import XCTest

final class ImportUndoTests: XCTestCase {
    func testAnImportOfStrangersIsUndoneWithoutATrace() throws {
        let book = try Book()
        try book.importing(
            (1...10).map { number in
                try book.row(number + 1, name: "N\(number)", email: "n\(number)@example.org", ext: "\(number)") {
                    $0.tags = ["VIP"]
                    $0.note = "tea"
                    $0.groups = ["Gold"]
                    $0.addresses = [Self.address]
                }
            })

        let undone = try book.undoing(1)

        XCTAssertEqual(undone.removed, 10)
        XCTAssertEqual(undone.kept, [])
        XCTAssertEqual(try book.batch(1).state, .undone)
        XCTAssertEqual(try book.read { try $0.all("SELECT id FROM customer") { $0.integer(0) } }, [])
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    private static var address: ImportedAddress {
        var address = ImportedAddress()
        address.purpose = .billing
        (address.line1, address.postcode, address.city) = ("Weg 1", "50667", "Köln")
        return address
    }

    func testAddressesAreKeptOnceAndTakenOutAgain() throws {
        let book = try Book()
        let id = try book.create(name: "Ann", email: "ann@example.org")
        var incomplete = Self.address
        incomplete.city = nil
        let rows = [try book.row(email: "ann@example.org") { $0.addresses = [Self.address, incomplete] }]

        let outcome = try book.importing(rows)

        XCTAssertEqual(outcome.counts.changed, 1)
        XCTAssertEqual(outcome.remarks.map(\.reason), [.incompleteAddress(["city"])])
        XCTAssertEqual(try book.read { try AddressReader($0).addresses(of: id).map(\.isBilling) }, [true])
        XCTAssertEqual(try book.importing(rows).counts.unchanged, 1)
        XCTAssertEqual(try book.undoing(1).restored, 1)
        XCTAssertEqual(try book.read { try AddressReader($0).addresses(of: id).count }, 0)
    }

    func testWhatAnImportChangedIsRestored() throws {
        let book = try Book()
        let id = try book.create(name: "Ann", email: "ann@example.org")
        let before = try book.customer(id)
        try book.importing([
            book.row(email: "ann@example.org", phone: "030 123456") {
                $0.tags = ["VIP"]; $0.groups = ["Gold"]; $0.note = "tea"
            }
        ])

        let undone = try book.undoing(1)

        XCTAssertEqual(undone.restored, 1)
        let after = try book.customer(id)
        XCTAssertEqual(after.fields, before.fields)
        XCTAssertEqual(after.tags, [])
        XCTAssertEqual(try book.read { try NoteReader($0).notes(of: id, before: .max, limit: 10) }.count, 0)
    }

    func testWhatHasChangedSinceIsKept() throws {
        let book = try Book()
        let id = try book.create(name: "Ann", email: "ann@example.org")
        try book.importing([
            book.row(email: "ann@example.org", phone: "030 123456") {
                try $0.fields.set(.company, to: "Acme", country: book.occasion.shop.country)
            },
            book.row(3, email: "bo@example.org"), book.row(4, email: "cy@example.org"),
        ])
        try book.write {
            try CustomerWriter($0, book.occasion).update(id, ifRevision: nil) {
                try $0.set(.phone, to: "030 999999", country: book.occasion.shop.country)
            }
            _ = try NoteWriter($0, book.occasion).add("called", to: CustomerID(rawValue: 3))
        }

        let undone = try book.undoing(1)

        XCTAssertEqual(undone.kept, [id, CustomerID(rawValue: 3)])
        XCTAssertEqual(undone.removed, 1)
        XCTAssertEqual(try book.customer(id).fields.phone, "030 999999")
        XCTAssertNil(try book.customer(id).fields.company)
        XCTAssertNoThrow(try book.customer(CustomerID(rawValue: 3)))
    }

    func testARowThatCompletesAnotherOfTheSameTableDoesNotKeepIt() throws {
        let book = try Book()
        try book.write { transaction in
            let writer = ImportWriter(transaction, book.occasion)
            let id = try writer.begin(.skipBad, process: "test")
            _ = try writer.enter(ImportRows([book.row(email: "ann@example.org")]), of: id)
            _ = try writer.enter(ImportRows([book.row(3, name: "Ann", email: "ann@example.org")]), of: id)
            try writer.end(id, isComplete: true)
        }

        XCTAssertEqual(try book.undoing(1).removed, 1)
    }

    func testAnImportOfAnotherProcessCountsAsInterrupted() throws {
        let book = try Book()
        try book.write { transaction in
            let writer = ImportWriter(transaction, book.occasion)
            let id = try writer.begin(.skipBad, process: "test")
            _ = try writer.enter(ImportRows([book.row(email: "ann@example.org")]), of: id)
        }

        XCTAssertEqual(try book.batch(1).state, .running)
        XCTAssertEqual(try book.batch(1, process: "other").state, .interrupted)
        XCTAssertEqual(try book.undoing(1).removed, 1)
        assertThrows(ImportError.notFound) { try book.batch(2) }
    }
}
