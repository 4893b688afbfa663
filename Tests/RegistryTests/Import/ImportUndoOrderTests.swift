import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

/// Two imports about the same people, undone one after the other.
final class ImportUndoOrderTests: XCTestCase {
    /// A customer who was there, Ann, completed by import 1 and by import 2; and Bo, whom import 1 made and 2 completed.
    private func twice() throws -> (book: Book, before: Customer) {
        let book = try Book()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let before = try book.customer(ann)
        var overwriting = ImportOptions()
        overwriting.overwrites = true
        for (phone, tag) in [("030 111111", "A"), ("030 222222", "B")] {
            let rows = try [
                book.row(2, email: "ann@example.org", phone: phone) { $0.tags = [tag] },
                book.row(3, name: "Bo", email: "bo@example.org", phone: phone) { $0.tags = [tag] },
            ]
            try book.importing(rows, overwriting)
        }
        return (book, before)
    }

    private func later(_ book: Book, than id: Int64) throws -> Int64? {
        try book.read { try ImportReader($0, process: "test").later(than: ImportID(rawValue: id))?.rawValue }
    }

    func testTheLaterImportIsUndoneFirst() throws {
        let (book, before) = try twice()
        XCTAssertEqual(try later(book, than: 1), 2)
        XCTAssertNil(try later(book, than: 2))

        let second = try book.undoing(2)
        XCTAssertEqual(second.restored, 2)
        XCTAssertEqual(try book.customer(before.id).fields.phone, "030 111111")
        XCTAssertNil(try later(book, than: 1))
        let first = try book.undoing(1)

        XCTAssertEqual(first.kept, [])
        XCTAssertEqual(first.restored, 1)
        XCTAssertEqual(first.removed, 1)
        let after = try book.customer(before.id)
        XCTAssertEqual(after.fields, before.fields)
        XCTAssertEqual(after.tags, [])
        assertThrows(CustomerError.notFound) { try book.customer(CustomerID(rawValue: 2)) }
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    func testImportsOfOtherPeopleStandInNobodysWay() throws {
        let book = try Book()
        try book.importing([book.row(email: "ann@example.org")])
        try book.importing([book.row(email: "bo@example.org")])
        try book.importing([book.row(name: "Bo", email: "bo@example.org")])

        XCTAssertNil(try later(book, than: 1))
        XCTAssertEqual(try later(book, than: 2), 3)
        XCTAssertEqual(try book.undoing(1).removed, 1)
    }

    func testWhoWasChangedBetweenTwoImportsStays() throws {
        let book = try Book()
        try book.importing([book.row(email: "ann@example.org")])
        try book.write { _ = try NoteWriter($0, book.occasion).add("called", to: CustomerID(rawValue: 1)) }
        try book.importing([book.row(name: "Ann", email: "ann@example.org")])

        XCTAssertEqual(try book.undoing(2).restored, 1)
        XCTAssertEqual(try book.undoing(1).kept, [CustomerID(rawValue: 1)])
        XCTAssertNil(try book.customer(CustomerID(rawValue: 1)).fields.name)
    }

    func testTheRefusalNamesTheLaterImport() {
        let error = ImportError.later(ImportID(rawValue: 7))
        XCTAssertEqual(error.slug, "later-import")
        XCTAssertEqual(error.kind, .conflict)
        XCTAssertEqual(error.details, [JSON.Member(name: "import", value: .integer(7))])
    }
}
