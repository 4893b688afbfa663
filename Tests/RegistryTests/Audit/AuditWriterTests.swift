import Registry
import Storage
import StrictJSON
import XCTest

final class AuditWriterTests: XCTestCase {
    private func looks(_ ids: [Int64], at seconds: Int64) -> AuditLooks {
        var looks = AuditLooks(from: Instant(seconds: seconds))
        for id in ids {
            var subjects = AuditSubjects()
            subjects.add(id, of: "customer")
            looks.add(subjects, at: Instant(seconds: seconds))
        }
        return looks
    }

    private func add(_ ids: [Int64], _ verb: String = "customer.show", at seconds: Int64, to book: Book) throws {
        let looks = looks(ids, at: seconds)
        let key = AuditLooks.Key(role: "operator", actor: .operator, verb: verb, at: Instant(seconds: seconds))
        try book.write { try AuditWriter($0, book.occasion).add(looks, of: key) }
    }

    private func entries(_ book: Book, role: String? = nil) throws -> [AuditEntry] {
        try book.read { try AuditReader($0).entries(role: role, before: .max, limit: 1_000) }
    }

    func testLooksOfAQuarterOfAnHourAreOneEntryWithTheIdsTheyWereAbout() throws {
        let book = try Book()
        let start = Book.now.seconds - Book.now.seconds % 900

        try add([7, 3, 7], at: start + 1, to: book)
        try add([5], at: start + 899, to: book)
        try add([3], "order.list", at: start + 2, to: book)
        try add([9], at: start + 900, to: book)

        let entries = try entries(book)
        XCTAssertEqual(entries.map(\.verb), ["customer.show", "order.list", "customer.show"])
        XCTAssertEqual(entries.map(\.count), [1, 1, 4])
        XCTAssertEqual(entries[2].about.text, #"{"customer":[3,5,7]}"#)
        XCTAssertEqual(entries[2].at.seconds, start + 1)
        XCTAssertEqual(entries[2].lastAt.seconds, start + 899)
        XCTAssertEqual(entries[2].actor, "operator")
    }

    func testAHundredIdsAreNamedAndThenOnlyThatThereWereMore() throws {
        let book = try Book()

        try add(Array(1...99), at: Book.now.seconds, to: book)
        try add([1, 200, 201, 202], at: Book.now.seconds, to: book)

        let about = try XCTUnwrap(try entries(book).first).about
        XCTAssertEqual(about["customer"]?.arrayValue?.compactMap(\.integerValue), Array(1...99) + [200])
        XCTAssertEqual(about["more"], .bool(true))
    }

    func testAnEntryOfItsOwnIsKeptForAsManyDaysAsTheShopWants() throws {
        var book = try Book().under { $0.auditKeptDays = 30 }
        let note = { (book: Book, verb: String) in
            try book.write { transaction in
                try AuditWriter(transaction, book.occasion).note(
                    verb, by: "staff", about: [JSON.Member(name: "settings", value: .array([.string("tags.max")]))])
            }
        }
        try note(book, "tenant.set")
        book.occasion.at = Instant(seconds: Book.now.seconds + 30 * 86_400)
        try note(book, "staff.add")
        XCTAssertEqual(try entries(book).map(\.id), [2, 1])

        book.occasion.at = Instant(seconds: Book.now.seconds + 30 * 86_400 + 1)
        try note(book, "staff.remove")

        XCTAssertEqual(try entries(book).map(\.verb), ["staff.remove", "staff.add"])
        XCTAssertEqual(try entries(book, role: "staff").count, 2)
        XCTAssertEqual(try entries(book, role: "operator"), [])
        XCTAssertEqual(try entries(book).last?.about.text, #"{"settings":["tags.max"]}"#)
    }
}
