import Registry
import StrictJSON
import XCTest

final class ImportRowsTests: XCTestCase {
    private func rows(_ book: Book) throws -> [ImportedCustomer] {
        [
            try book.row(2, name: "Zoë Weiß", email: "Zoe@example.org", phone: "030 123456") { row in
                row.fields.firstName = "Zoë"
                row.fields.country = try Country("TR")
                row.fields.custom = [JSON.Member(name: "size", value: .number("42"))]
                row.fields.taxExempt = true
                row.fields.birthday = "1984-02-29"
                row.joinedAt = Instant(seconds: 7)
                row.isTest = true
                row.earlierRow = 1
            },
            try book.row(3, name: "Bo", email: "bo@example.org") { $0.note = "likes tea" },
            try book.row(4, name: "Ann", email: "ann@example.org"),
            try book.row(5, name: "", email: "ann@example.org"),
        ]
    }

    func testRowsAreReadBackAsTheyWereAdded() throws {
        let customers = try rows(Book())

        XCTAssertEqual(Array(ImportRows(customers)), customers)
    }

    func testRowsArePutInTheOrderOfTheirAddresses() throws {
        let customers = try rows(Book())
        let rows = ImportRows(customers)

        let order = try XCTUnwrap(rows.orderByEmail())

        XCTAssertEqual(order, [2, 3, 1, 0])
        XCTAssertEqual(Array(rows.picking(order[...])), order.map { customers[Int($0)] })
        XCTAssertEqual(Array(rows.picking(order[1..<3])), [customers[3], customers[1]])
    }

    func testRowsThatAnotherKeyMayFindKeepTheirOrder() throws {
        let book = try Book()
        let rows = ImportRows([
            try book.row(2, email: "b@example.org"), try book.row(3, email: "a@example.org", ext: "7"),
        ])

        XCTAssertNil(rows.orderByEmail())
    }

    func testALaterRowAboutTheSameCustomerIsToldAmongMany() throws {
        let book = try Book()
        var seen = RowsSeen(book.occasion.shop.policies)

        for number in 2..<3_000 {
            XCTAssertNil(seen.row(before: try book.row(number, email: "p\(number)@example.org")))
        }

        XCTAssertEqual(seen.row(before: try book.row(9_000, email: "P2@example.org")), 2)
        XCTAssertEqual(seen.row(before: try book.row(9_001, email: "p2999@example.org")), 2_999)
        XCTAssertNil(seen.row(before: try book.row(9_002, email: "p3000@example.org")))
    }
}
