import Registry
import Storage
import TestSupport
import XCTest

final class SearchGramTableTests: XCTestCase {
    /// A block of customers in the index, all of whom have the same name but the last.
    private func indexed(_ names: (Int64) -> String) throws -> Book {
        let book = try Book()
        try book.write { [names = (1...1_024).map(names)] transaction in
            for (index, name) in names.enumerated() {
                try transaction.execute(
                    """
                    INSERT INTO customer (id, number, rev, name, name_key, account, source, is_test, joined_at)
                    VALUES (?1, ?1, 1, ?2, 'c', 'none', 'staff', 0, 0)
                    """, .integer(Int64(index + 1)), .text(name))
            }
            while try !SearchBacklog(transaction).enter(atMost: SearchBacklog.atOnce) {}
        }
        return book
    }

    private func rows(_ book: Book) throws -> [SearchRow] {
        try book.write { try SearchTable($0).rows(ofRun: 0) }
    }

    private func rename(_ id: Int64, _ name: String, in book: Book) throws {
        try book.write { transaction in
            try CustomerWriter(transaction, book.occasion).update(CustomerID(rawValue: id), ifRevision: nil) {
                $0.name = name
            }
        }
    }

    private func lengths(_ book: Book) throws -> [Int64] {
        try book.read { try $0.all("SELECT length(grams) FROM search_gram ORDER BY id") { $0.integer(0) } }
    }

    func testManyGramsShareARow() throws {
        let book = try indexed { String(UInt64($0) &* 0x9E37_79B9_7F4A_7C15, radix: 36) }

        let (lengths, rows) = (try lengths(book), try rows(book))

        XCTAssertLessThan(lengths.count * 20, rows.count)
        XCTAssertEqual(lengths.filter { $0 > 480 }, [])
    }

    func testChangesLeaveTheIndexAsItWouldBeMadeAnewAndItsRowsShort() throws {
        let book = try indexed { String(UInt64($0) &* 0x9E37_79B9_7F4A_7C15, radix: 36) }
        var random = SeededGenerator(seed: 5)

        for id: Int64 in 2...200 { try rename(id, String(random.next(), radix: 36), in: book) }
        for id: Int64 in 100...250 { try rename(id, "a", in: book) }

        XCTAssertEqual(try book.read { try SearchCheck($0).problems() }, [])
        XCTAssertEqual(try lengths(book).filter { $0 > 480 }, [])
        let changed = try rows(book)
        try book.write { transaction in
            try transaction.execute("DELETE FROM search_gram")
            try transaction.execute("UPDATE search_progress SET blocks = 0")
            while try !SearchBacklog(transaction).enter(atMost: SearchBacklog.atOnce) {}
        }
        XCTAssertEqual(changed, try rows(book))
    }

    func testARowGoesOnUnderItsNextGramWhenTheFirstIsGone() throws {
        let book = try indexed { $0 == 3 ? "b" : "z" }
        XCTAssertEqual(try rows(book).count, 2)

        try rename(3, "z", in: book)

        XCTAssertEqual(try rows(book).map(\.customers.count), [128])
        try rename(3, "a", in: book)
        try rename(3, "c", in: book)
        XCTAssertEqual(try rows(book).map(\.gram).count, 2)
        XCTAssertEqual(try book.read { try SearchCheck($0).problems() }, [])
    }

    func testWhatCannotBeReadIsNotThere() {
        XCTAssertEqual(SearchRow.rows(stored: [0x00, 0x05, 0x01], key: 7), [])
        XCTAssertEqual(SearchRow.rows(stored: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], key: 7), [])
        XCTAssertEqual(
            SearchRow.rows(stored: [0x00, 0x01, 0x09, 0x80], key: 1 << 28 | 7), [SearchRow(gram: 7, customers: [9])])
    }
}
