@testable import Storage
import TestSupport
import XCTest

final class TransactionLostTests: XCTestCase {
    func testASavepointTellsThatSQLiteEndedTheWholeTransaction() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        assertThrows(TransactionLost(cause: StorageError(code: 13, message: "database or disk is full"))) {
            try database.write { transaction in
                try Shelf.add("earlier", transaction)
                try transaction.execute("PRAGMA max_page_count = 12")
                try transaction.savepoint {
                    for _ in 0..<200 {
                        try transaction.execute(
                            "INSERT INTO thing (value) VALUES (?)", .blob([UInt8](repeating: 7, count: 900)))
                    }
                }
            }
        }

        XCTAssertEqual(try database.read(Shelf.names), [])
    }

    func testSavepointsInSavepointsAllTellWhyTheTransactionIsLost() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        assertThrows(TransactionLost(cause: StorageError(code: 13, message: "database or disk is full"))) {
            try database.write { transaction in
                try transaction.execute("PRAGMA max_page_count = 12")
                try transaction.savepoint {
                    XCTAssertFalse(transaction.isLost)
                    defer { XCTAssertTrue(transaction.isLost) }
                    try transaction.savepoint {
                        try transaction.execute("INSERT INTO thing (value) VALUES (zeroblob(90000))")
                    }
                }
            }
        }

        XCTAssertEqual(try database.read(Shelf.names), [])
    }

    func testAnErrorAfterARollbackOfSQLitesOwnIsNotHidden() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)

        XCTAssertThrowsError(
            try database.write { transaction in
                try Shelf.add("a", transaction)
                try transaction.savepoint {
                    try transaction.execute("INSERT OR ROLLBACK INTO item (name) VALUES ('a')")
                }
            }
        ) {
            XCTAssertEqual(
                $0 as? TransactionLost,
                TransactionLost(cause: StorageError(code: 2067, message: "UNIQUE constraint failed: item.name")))
        }

        try database.write { try Shelf.add("b", $0) }
        XCTAssertEqual(try database.read(Shelf.names), ["b"])
    }
}
