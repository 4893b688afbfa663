import Registry
import Storage
import XCTest

final class PostponedIndexesTests: XCTestCase {
    private func indexes(_ book: Book) throws -> [String] {
        try book.read { transaction in
            try transaction.all(
                "SELECT name FROM sqlite_schema WHERE name IN ('customer_by_name', 'customer_by_phone') ORDER BY name"
            ) { $0.text(0) }
        }
    }

    private func begin(_ book: Book, rows: Int) throws -> ImportID {
        try book.write { try ImportWriter($0, book.occasion).begin(.skipBad, process: "test", rows: rows) }
    }

    private func end(_ id: ImportID, _ book: Book) throws {
        try book.write { try ImportWriter($0, book.occasion).end(id, isComplete: true) }
    }

    func testABigImportSortsNamesAndTelephoneNumbersAtItsEnd() throws {
        let book = try Book()
        try book.create(name: "Ann", email: "ann@example.org")
        let rows = [try book.row(name: "Bo", email: "bo@example.org", phone: "030 123456")]

        let id = try begin(book, rows: 60_000)

        XCTAssertEqual(try indexes(book), [])
        try book.write { _ = try ImportWriter($0, book.occasion).enter(ImportRows(rows), of: id) }
        XCTAssertEqual(
            try book.read { try CustomerReader($0).customers(phoneKey: "+4930123456") }, [CustomerID(rawValue: 2)])

        try end(id, book)

        XCTAssertEqual(try indexes(book), ["customer_by_name", "customer_by_phone"])
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    func testRowsThatOnlyATelephoneNumberCanFindBringItsIndexBack() throws {
        let book = try Book()
        let row = try book.row(name: "Bo", phone: "030 123456")
        let id = try begin(book, rows: 60_000)

        let outcome = try book.write { try ImportWriter($0, book.occasion).enter(ImportRows([row, row]), of: id) }

        XCTAssertEqual(outcome.counts.unchanged, 1)
        XCTAssertEqual(try indexes(book), ["customer_by_phone"])
        try end(id, book)
    }

    func testPeopleWithoutAnAddressKeepTheirTelephoneNumbersIndexed() throws {
        let book = try Book()
        try book.create(name: "Bo", phone: "030 123456")

        let id = try begin(book, rows: 60_000)

        XCTAssertEqual(try indexes(book), ["customer_by_phone"])
        try end(id, book)
    }

    func testASmallImportTouchesNoIndex() throws {
        let book = try Book()

        let id = try begin(book, rows: 49_999)

        XCTAssertEqual(try indexes(book), ["customer_by_name", "customer_by_phone"])
        try end(id, book)
    }
}
