import Storage
import TestSupport
import XCTest

@testable import Registry

final class TestPurgeTests: XCTestCase {
    private func purge(_ book: Book, expecting count: Int64) throws -> TestPurge.Count {
        try book.write { try TestPurge($0, book.occasion).run(expecting: count) }
    }

    func testTestsGoWithAllThatHangsOnThemAndNothingElseDoes() throws {
        let book = try Book()
        let real = try book.create(name: "Ann")
        try book.register(.sale(100, to: .customer(real)))
        let before = try BookDump(book)
        let test = try book.create(name: "Test", email: "test@example.org", phone: "030 123456", isTest: true)
        let merged = try book.create(name: "Test", isTest: true)
        for customer in [test, merged, real] {
            try book.register(try .sale(500, channel: "pos", to: .customer(customer)).with { $0.isTest = true })
        }
        try book.register(try .sale(500, "USD").with { $0.isTest = true })
        try book.tag(test, "x")
        _ = try book.write { try NoteWriter($0, book.occasion).add("a note", to: test) }
        try book.merge(merged, into: test)

        let preview = try book.read { try TestPurge.count($0) }
        let count = try purge(book, expecting: 1)

        XCTAssertEqual(preview, count)
        XCTAssertEqual([count.customers, count.orders, count.kept], [1, 4, 0])
        XCTAssertEqual(try BookDump(book), before)
        XCTAssertEqual(try book.mismatches(), [])
        let entries = try book.timeline()
        XCTAssertEqual(entries.map(\.seq), Array(1...Int64(entries.count)))
        XCTAssertEqual(entries.last?.topic, "tests.purged")
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    func testAnotherCountThanExpectedPurgesNothing() throws {
        let book = try Book()
        let test = try book.create(name: "Test", isTest: true)
        let count = try book.read { try TestPurge.count($0) }

        assertThrows(TestPurgeError.differs(count)) { _ = try purge(book, expecting: 2) }

        XCTAssertEqual(try book.customer(test).fields.name, "Test")
    }

    func testATestCustomerWithARealOrderStays() throws {
        let book = try Book()
        let (test, real) = (try book.create(name: "Test", isTest: true), try book.create(name: "Ann"))
        let order = try book.register(.sale(100, to: .customer(real))).order
        try book.move(order, to: test)

        let count = try purge(book, expecting: 0)

        XCTAssertEqual([count.customers, count.kept], [0, 1])
        XCTAssertEqual(try book.order(order).match.customer, test)
    }
}
