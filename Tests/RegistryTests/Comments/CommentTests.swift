import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class CommentTests: XCTestCase {
    private static let products: @Sendable (String, String) -> String? = { _, _ in nil }

    /// A shop with the members lena and omar and one customer.
    private func shop() throws -> Book {
        let book = try Book()
        try book.write { transaction in
            let writer = StaffWriter(transaction, book.occasion)
            _ = try writer.add("lena", display: nil, email: nil)
            _ = try writer.add("omar", display: nil, email: nil)
        }
        _ = try book.create(name: "Anna")
        return book
    }

    private func add(_ text: String, in book: Book, to customer: Int64 = 1) throws -> Comment {
        try book.write {
            try CommentWriter($0, book.occasion, products: Self.products).add(
                text, to: CustomerID(rawValue: customer))
        }
    }

    private func edit(_ comment: Comment, to text: String, in book: Book) throws -> Comment {
        try book.write { try CommentWriter($0, book.occasion, products: Self.products).edit(comment.id, to: text) }
    }

    private func inbox(of staff: Int64, in book: Book, isUnreadOnly: Bool = false) throws -> [InboxEntry] {
        try book.read {
            try InboxReader($0).entries(
                of: StaffID(rawValue: staff), before: .max, isUnreadOnly: isUnreadOnly, limit: 99)
        }
    }

    private func by(_ name: String, _ book: Book) -> Book {
        var book = book
        book.occasion.actor = .staff(name)
        return book
    }

    func testCommentsAreListedNewestFirst() throws {
        let book = try shop()
        _ = try book.create(name: "Bert")
        let first = try add(" kept as it is\n", in: book)
        _ = try add("other", in: book, to: 2)
        let second = try add("second", in: book.after(seconds: 9))

        let all = try book.read {
            try CommentReader($0, products: Self.products).comments(
                of: CustomerID(rawValue: 1), before: .max, limit: 9)
        }

        XCTAssertEqual(all, [second, first])
        XCTAssertEqual(first.author, "staff:lena")
        XCTAssertEqual(first.body.text, " kept as it is\n")
        XCTAssertNil(first.editedAt)
        assertThrows(CommentError.blank) { try add(" \n", in: book) }
        assertThrows(CustomerError.notFound) { try add("x", in: book, to: 9) }
    }

    func testAnOwnCommentIsEditableForFiveMinutesAndItsVersionsAreKept() throws {
        let book = try shop()
        let comment = try add("one", in: book)

        let edited = try edit(comment, to: "two", in: book.after(seconds: 300))
        let same = try edit(comment, to: "two", in: book.after(seconds: 300))

        XCTAssertEqual(edited.body.text, "two")
        XCTAssertEqual(edited.editedAt?.seconds, Book.now.seconds + 300)
        XCTAssertEqual(edited.at, comment.at)
        XCTAssertEqual(same, edited)
        assertThrows(CommentError.tooLate) { try edit(comment, to: "three", in: book.after(seconds: 301)) }
        assertThrows(CommentError.notYours) { try edit(comment, to: "three", in: by("omar", book)) }
        assertThrows(CommentError.blank) { try edit(comment, to: "", in: book) }
        let history = try book.read {
            try CommentReader($0, products: Self.products).history(of: comment.id, after: 0, limit: 9)
        }
        XCTAssertEqual(history.map(\.body.text), ["one", "two"])
        XCTAssertEqual(history.map(\.version), [1, 2])
        XCTAssertEqual(history.map(\.at.seconds), [Book.now.seconds, Book.now.seconds + 300])
    }

    func testAMentionedMemberIsToldOnce() throws {
        let book = try shop()
        let comment = try add("@omar @omar please", in: book)
        XCTAssertEqual(try inbox(of: 2, in: book).map(\.comment), [comment.id])

        _ = try edit(comment, to: "@omar and @lena", in: book.after(seconds: 1))
        _ = try edit(comment, to: "nobody", in: book.after(seconds: 2))
        _ = try edit(comment, to: "@omar again", in: book.after(seconds: 3))

        XCTAssertEqual(try inbox(of: 2, in: book).map(\.at), [Book.now])
        XCTAssertEqual(try inbox(of: 1, in: book).map(\.at.seconds), [Book.now.seconds + 1])
    }

    func testAnEntryIsReadByWhoseItIs() throws {
        let book = try shop()
        _ = try add("@omar", in: book)
        let entry = try XCTUnwrap(inbox(of: 2, in: book).first)

        assertThrows(CommentError.notYours) { try book.write { try InboxWriter($0, book.occasion).read(entry.id) } }
        let omar = by("backoffice/omar", book.after(seconds: 7))
        let read = try omar.write { try InboxWriter($0, omar.occasion).read(entry.id) }

        XCTAssertEqual(read.readAt?.seconds, Book.now.seconds + 7)
        XCTAssertEqual(try inbox(of: 2, in: book, isUnreadOnly: true), [])
        XCTAssertEqual(try inbox(of: 2, in: book), [read])
        assertThrows(CommentError.noEntry) { try omar.write { try InboxWriter($0, omar.occasion).read(9) } }
    }

    func testTheTimelineDoesNotRepeatTheText() throws {
        let book = try shop()
        let comment = try add("secret", in: book)
        _ = try edit(comment, to: "secret too", in: book)

        let entries = try book.timeline().suffix(2)

        XCTAssertEqual(entries.map(\.topic), ["comment.added", "comment.edited"])
        XCTAssertEqual(entries.map(\.data.text), [#"{"comment":1}"#, #"{"comment":1}"#])
    }
}
