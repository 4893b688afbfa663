import Registry
import StrictJSON
import TestSupport
import XCTest

final class NoteTests: XCTestCase {
    private func add(_ text: String, to customer: CustomerID, in book: Book) throws -> Note {
        try book.write { try NoteWriter($0, book.occasion).add(text, to: customer) }
    }

    func testNotesAreKeptAsTheyAreNewestFirst() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        let first = try add("  likes tea\n", to: anna, in: book)
        _ = try add("other", to: bert, in: book)
        let second = try add("Ünïcode 👍", to: anna, in: book.after(seconds: 5))

        let all = try book.read { try NoteReader($0).notes(of: anna, before: .max, limit: 9) }
        let older = try book.read { try NoteReader($0).notes(of: anna, before: second.id, limit: 9) }

        XCTAssertEqual(all, [second, first])
        XCTAssertEqual(older, [first])
        XCTAssertEqual(first.text, "  likes tea\n")
        XCTAssertEqual(first.author, "staff:lena")
        XCTAssertEqual(second.at.seconds, Book.now.seconds + 5)
    }

    func testTheTimelineDoesNotRepeatTheText() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")

        let note = try add("secret", to: anna, in: book)

        let entry = try XCTUnwrap(book.timeline().last)
        XCTAssertEqual(entry.topic, "note.added")
        XCTAssertEqual(entry.data.text, #"{"note":\#(note.id)}"#)
    }

    func testABlankNoteAndAnUnknownCustomerAreRefused() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")

        assertThrows(NoteError.blank) { try add("", to: anna, in: book) }
        assertThrows(CustomerError.notFound) { try add("x", to: CustomerID(rawValue: 9), in: book) }
    }
}
