import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class TimelineTests: XCTestCase {
    func testEntriesAreNumberedWithoutGapsWhateverIsRefusedBetween() throws {
        let book = try Book()
        XCTAssertEqual(try book.read { try TimelineReader($0).lastSeq() }, 0)

        for number in 1...5 {
            try book.create(name: "Customer \(number)")
            assertThrows(CustomerError.notFound) {
                try book.write { transaction in
                    _ = try CustomerWriter(transaction, book.occasion).create(
                        book.fields(name: "Undone"), source: "staff")
                    _ = try CustomerReader(transaction.reading).customer(CustomerID(rawValue: 99))
                }
            }
        }

        XCTAssertEqual(try book.timeline().map(\.seq), [1, 2, 3, 4, 5])
        XCTAssertEqual(try book.read { try TimelineReader($0).lastSeq() }, 5)
    }

    func testEntriesArePagedForwardsForAllAndBackwardsForOne() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        try book.update(anna) { $0.language = "de" }

        XCTAssertEqual(try book.read { try TimelineReader($0).entries(after: 1, limit: 1) }.map(\.seq), [2])
        XCTAssertEqual(try book.read { try TimelineReader($0).entries(after: 3, limit: 9) }, [])
        XCTAssertEqual(
            try book.read { try TimelineReader($0).entries(of: anna, before: .max, limit: 9) }.map(\.seq), [3, 1])
        XCTAssertEqual(
            try book.read { try TimelineReader($0).entries(of: anna, before: 3, limit: 9) }.map(\.seq), [1])
        XCTAssertEqual(
            try book.read { try TimelineReader($0).entries(of: bert, before: .max, limit: 9) }.map(\.customer), [bert])
    }

    func testAnEntryTellsWhoAndWhen() throws {
        var book = try Book()
        for (actor, name) in [
            (Actor.operator, "operator"), (.staff("otto"), "staff:otto"), (.channel("pos"), "channel:pos"),
            (.customer, "customer"), (.system, "system"),
        ] {
            book.occasion.actor = actor
            let id = try book.create(name: "Anna")

            let entry = try XCTUnwrap(book.timeline().last)
            XCTAssertEqual(entry.actor, name)
            XCTAssertEqual(entry.at, Book.now)
            XCTAssertEqual(entry.customer, id)
            XCTAssertEqual(entry.data.text, #"{"source":"staff"}"#)
        }
    }
}
