@testable import Storage
import TestSupport
import XCTest

final class MigrationTests: XCTestCase {
    private static let second = Migration("shelf 2: colour", "ALTER TABLE item ADD COLUMN colour TEXT")
    private static let broken = Migration(
        "shelf 3: broken", "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; ALTER TABLE nowhere ADD COLUMN a TEXT")

    func testWhatIsMissingIsAppliedAndOldRowsStay() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try Database(path: path, migrations: Shelf.migrations).write { try Shelf.add("a", $0) }

            let newer = try Database(path: path, migrations: Shelf.migrations + [Self.second])

            XCTAssertEqual(try newer.read(Shelf.names), ["a"])
            XCTAssertEqual(
                try newer.read { try $0.all("SELECT name FROM migration ORDER BY position") { $0.text(0) } },
                ["shelf 1: items", "shelf 2: colour"])
        }
    }

    func testAFileOfANewerProgramIsRefusedAndNotTouched() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            _ = try Database(path: path, migrations: Shelf.migrations + [Self.second])

            assertThrows(NewerDatabase(migration: "shelf 2: colour")) {
                try Database(path: path, migrations: Shelf.migrations)
            }

            let known = try Database(path: path, migrations: Shelf.migrations + [Self.second])
            XCTAssertEqual(try known.read { try $0.all("SELECT name FROM migration") { $0.text(0) }.count }, 2)
        }
    }

    func testAfterAnErrorNoneIsApplied() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"

            assertThrows(StorageError(code: 1, message: "no such table: nowhere")) {
                try Database(path: path, migrations: Shelf.migrations + [Self.second, Self.broken])
            }

            let repaired = try Database(path: path, migrations: Shelf.migrations)
            XCTAssertEqual(try repaired.read(Shelf.names), [])
            XCTAssertFalse(try repaired.read { try $0.exists("SELECT 1 FROM sqlite_schema WHERE name = 'half'") })
        }
    }
}
