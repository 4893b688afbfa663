import CSQLite
import TestSupport
@testable import Storage
import XCTest

/// Databases that let go of what only makes the next change fast.
final class CoolingTests: XCTestCase {
    func testAColdDatabaseKeepsNoStatementsAndNoPagesAndChangesAllTheSame() throws {
        try Shelf.run { database, _ in
            try database.write { try Shelf.add("a", $0) }
            XCTAssertGreaterThan(try Self.memory(SQLITE_DBSTATUS_STMT_USED, of: database), 0)
            XCTAssertGreaterThan(try Self.memory(SQLITE_DBSTATUS_CACHE_USED, of: database), 10_000)

            database.cool()

            XCTAssertEqual(try Self.memory(SQLITE_DBSTATUS_STMT_USED, of: database), 0)
            XCTAssertLessThan(try Self.memory(SQLITE_DBSTATUS_CACHE_USED, of: database), 10_000)
            try database.write { try Shelf.add("b", $0) }
            XCTAssertEqual(try database.read(Shelf.names), ["a", "b"])
        }
    }

    func testWhatWasLeftOpenStaysAsItIs() throws {
        try Shelf.run { database, _ in
            _ = try database.commit(mayStayOpen: true) { try Shelf.add("a", $0) }

            database.cool()

            XCTAssertTrue(database.isUnfinished)
            XCTAssertGreaterThan(try Self.memory(SQLITE_DBSTATUS_STMT_USED, of: database), 0)
            XCTAssertEqual(try database.read(Shelf.names), ["a"])
        }
    }

    func testAClosedDatabaseCanBeAskedToo() throws {
        try Shelf.run { database, _ in
            try database.close()

            database.cool()

            assertThrows(StorageError.closed) { try database.write { try Shelf.add("a", $0) } }
        }
    }

    /// Bytes that the connection has of something.
    private static func memory(_ kind: Int32, of database: Database) throws -> Int32 {
        try database.withWriter { connection in
            var (bytes, highest): (Int32, Int32) = (0, 0)
            XCTAssertEqual(sqlite3_db_status(connection.handle, kind, &bytes, &highest, 0), SQLITE_OK)
            return bytes
        }
    }
}
