@testable import Storage
import TestSupport
import XCTest

final class WriteTransactionTests: XCTestCase {
    private struct Refused: Error, Equatable {}

    func testWhatAWriteDidIsThereAfterwards() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        try database.write { try Shelf.add("a", $0) }

        XCTAssertEqual(try database.read(Shelf.names), ["a"])
    }

    func testAWriteThatThrowsLeavesNoTraceAndTheNextOneWorks() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        assertThrows(Refused()) {
            try database.write { transaction in
                try Shelf.add("a", transaction)
                throw Refused()
            }
        }
        try database.write { try Shelf.add("b", $0) }

        XCTAssertEqual(try database.read(Shelf.names), ["b"])
    }

    func testASavepointThatThrowsIsUndoneAlone() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        try database.write { transaction in
            try Shelf.add("before", transaction)
            assertThrows(Refused()) {
                try transaction.savepoint {
                    try Shelf.add("inside", transaction)
                    throw Refused()
                }
            }
            try Shelf.add("after", transaction)
        }

        XCTAssertEqual(try database.read(Shelf.names), ["before", "after"])
    }

    func testAnInnerSavepointIsUndoneAndTheOuterOneStays() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        try database.write { transaction in
            try transaction.savepoint {
                try Shelf.add("outer", transaction)
                assertThrows(Refused()) {
                    try transaction.savepoint {
                        try Shelf.add("inner", transaction)
                        throw Refused()
                    }
                }
            }
        }

        XCTAssertEqual(try database.read(Shelf.names), ["outer"])
    }

    func testASavepointThatIsNotKeptAnswersAndIsUndone() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        let seen = try database.write { transaction in
            try Shelf.add("kept", transaction)
            return try transaction.savepoint(isKept: false) {
                try Shelf.add("tried", transaction)
                return try Shelf.names(transaction.reading)
            }
        }

        XCTAssertEqual(seen, ["kept", "tried"])
        XCTAssertEqual(try database.read(Shelf.names), ["kept"])
    }

    func testAUniqueViolationIsRecognisedAndEndsOnlyItsStatement() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        let expected = StorageError(code: 2067, message: "UNIQUE constraint failed: item.name")

        try database.write { transaction in
            try Shelf.add("secret", transaction)
            assertThrows(expected) { try Shelf.add("secret", transaction) }
            try Shelf.add("other", transaction)
        }

        XCTAssertTrue(expected.isUniqueViolation)
        XCTAssertEqual(expected.description, "sqlite 2067: UNIQUE constraint failed: item.name")
        XCTAssertEqual(try database.read(Shelf.names), ["secret", "other"])
    }

    func testAPrimaryKeyTakenTwiceIsAUniqueViolation() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        XCTAssertThrowsError(
            try database.write { transaction in
                try transaction.execute("INSERT INTO item (id, name) VALUES (?, ?)", .integer(1), .text("a"))
                try transaction.execute("INSERT INTO item (id, name) VALUES (?, ?)", .integer(1), .text("b"))
            }
        ) { XCTAssertEqual(($0 as? StorageError)?.isUniqueViolation, true) }
    }

    func testOtherConstraintsAreNoUniqueViolation() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        let notNull = StorageError(code: 1299, message: "NOT NULL constraint failed: item.name")
        let foreignKey = StorageError(code: 787, message: "FOREIGN KEY constraint failed")

        assertThrows(notNull) {
            try database.write { try $0.execute("INSERT INTO item (name) VALUES (?)", .null) }
        }
        assertThrows(foreignKey) {
            try database.write { try $0.execute("INSERT INTO part (item_id) VALUES (?)", .integer(9)) }
        }

        XCTAssertFalse(notNull.isUniqueViolation)
        XCTAssertFalse(foreignKey.isUniqueViolation)
    }

    func testInsertsTellTheirIDAndChangesTheirCount() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        try database.write { transaction in
            XCTAssertEqual(try transaction.insert("INSERT INTO item (name) VALUES ('a')"), 1)
            XCTAssertEqual(try transaction.insert("INSERT INTO item (name) VALUES ('b')"), 2)
            XCTAssertEqual(try transaction.change("UPDATE item SET name = name || '!'"), 2)
            XCTAssertEqual(try transaction.change("DELETE FROM item WHERE id = 7"), 0)
        }
    }

    func testReturningGivesTheFirstRowAndDoesAllTheWork() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        try database.write { transaction in
            for name in ["a", "b", "c"] { try Shelf.add(name, transaction) }
            let first = try transaction.returning("UPDATE item SET name = name || '!' RETURNING name") { $0.text(0) }
            let none = try transaction.returning("DELETE FROM item WHERE id = 9 RETURNING id") { $0.integer(0) }

            XCTAssertEqual(first, "a!")
            XCTAssertNil(none)
        }

        XCTAssertEqual(try database.read(Shelf.names), ["a!", "b!", "c!"])
    }
}
