import Registry
import Storage
import XCTest

final class SearchBacklogTests: XCTestCase {
    /// So many blocks of customers who are not in the index, and one customer more.
    private func waiting(blocks: Int64) throws -> Book {
        let book = try Book()
        try book.write { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE numbers (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM numbers WHERE id < ?)
                INSERT INTO customer (id, number, rev, name, name_key, account, source, is_test, joined_at)
                SELECT id, id, 1, 'c' || id % 7, 'c', 'none', 'staff', 0, 0 FROM numbers
                """, .integer(blocks * 1_024))
        }
        return book
    }

    private func rows(_ book: Book) throws -> [String] {
        try book.write { transaction in
            let runs = try transaction.reading.all("SELECT DISTINCT id >> 28 FROM search_gram ORDER BY id >> 28") {
                $0.integer(0)
            }
            return try runs.flatMap { run in
                try SearchTable(transaction).rows(ofRun: run).map { "\(run) \($0.gram) \($0.customers)" }
            }
        }
    }

    func testBlocksAreWorkedOutWhileThoseBeforeThemAreStillToBeEntered() throws {
        let (book, other) = (try waiting(blocks: 33), try waiting(blocks: 33))

        let first = try XCTUnwrap(try book.read { try SearchBacklog.prepare($0, few: false) })
        let second = try XCTUnwrap(try book.read { try SearchBacklog.prepare($0, few: false, behind: first) })
        XCTAssertNil(try book.read { try SearchBacklog.prepare($0, few: false, behind: second) })
        XCTAssertTrue(try book.write { try SearchBacklog($0).enter(first) })
        XCTAssertTrue(try book.write { try SearchBacklog($0).enter(second) })

        while try !other.write({ try SearchBacklog($0).enter(atMost: SearchBacklog.atOnce) }) {}
        while try !book.write({ try SearchBacklog($0).enter(atMost: SearchBacklog.atOnce) }) {}
        XCTAssertEqual(try rows(book), try rows(other))
    }

    func testBlocksBehindOthersThatCouldNotBeEnteredAreWorkedOutAnew() throws {
        let book = try waiting(blocks: 33)
        let first = try XCTUnwrap(try book.read { try SearchBacklog.prepare($0, few: false) })
        let second = try XCTUnwrap(try book.read { try SearchBacklog.prepare($0, few: false, behind: first) })

        try book.write { try TagWriter($0, book.occasion).assign("VIP", to: CustomerID(rawValue: 5)) }

        XCTAssertFalse(try book.write { try SearchBacklog($0).enter(first) })
        XCTAssertFalse(try book.write { try SearchBacklog($0).enter(second) })
        let again = try XCTUnwrap(try book.read { try SearchBacklog.prepare($0, few: false, behind: nil) })
        XCTAssertTrue(try book.write { try SearchBacklog($0).enter(again) })
    }
}
