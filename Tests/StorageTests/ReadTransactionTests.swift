@testable import Storage
import TestSupport
import XCTest

final class ReadTransactionTests: XCTestCase {
    func testTheSameSQLMayBeUsedInsideItself() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        try database.write { transaction in
            for name in ["a", "b", "c"] { try Shelf.add(name, transaction) }
        }

        let pairs = try database.read { try Self.nested($0, depth: 3) }

        XCTAssertEqual(pairs.count, 27)
        XCTAssertEqual(Array(pairs.prefix(4)), ["aaa", "aab", "aac", "aba"])
    }

    private static func nested(_ transaction: ReadTransaction, depth: Int) throws -> [String] {
        guard depth > 0 else { return [""] }
        return try transaction.all("SELECT name FROM item ORDER BY id") { row in
            let name = row.text(0)
            return try nested(transaction, depth: depth - 1).map { name + $0 }
        }.flatMap(\.self)
    }

    func testAStatementIsFreshEachTimeItIsUsed() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        try database.write { transaction in
            for name in ["a", "b", "c"] { try Shelf.add(name, transaction) }
        }

        for _ in 0..<3 {
            let first = try database.read { transaction in
                try transaction.first("SELECT name FROM item ORDER BY id") { $0.text(0) }
            }
            XCTAssertEqual(first, "a")
        }
    }

    func testABodyThatThrowsFreesItsStatement() throws {
        struct Enough: Error, Equatable {}
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        try database.write { try Shelf.add("a", $0) }

        for _ in 0..<2 {
            assertThrows(Enough()) {
                try database.read { transaction in
                    try transaction.all("SELECT name FROM item") { _ in throw Enough() }
                }
            }
        }

        XCTAssertEqual(try database.read(Shelf.names), ["a"])
    }

    func testFirstIsNilAndExistsIsFalseWithoutRows() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        try database.read { transaction in
            XCTAssertNil(try transaction.first("SELECT name FROM item") { $0.text(0) })
            XCTAssertFalse(try transaction.exists("SELECT 1 FROM item WHERE name = ?", .text("a")))
            XCTAssertEqual(try transaction.all("SELECT name FROM item") { $0.text(0) }, [])
        }
    }

    func testExistsIsTrueWithARow() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        try database.write { try Shelf.add("a", $0) }

        XCTAssertTrue(try database.read { try $0.exists("SELECT 1 FROM item WHERE name = ?", .text("a")) })
    }

    func testASoundFileHasNoIntegrityProblems() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        try database.write { try Shelf.add("a", $0) }

        XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
    }

    func testAReferenceToNothingIsFound() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let database = try Database(path: path, migrations: Shelf.migrations)
            let careless = try Connection(path: path, mode: .readWrite)
            try careless.script("PRAGMA foreign_keys = OFF; INSERT INTO part (id, item_id) VALUES (3, 9)")

            XCTAssertEqual(
                try database.read { try $0.foreignKeyProblems() },
                ["part row 3 refers to a row of item that is not there"])
            XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
        }
    }
}
