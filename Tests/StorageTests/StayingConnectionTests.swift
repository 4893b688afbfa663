import Foundation
import TestSupport
import XCTest

@testable import Storage

/// Connections that go to no other database, since there they would not be what they are here.
final class StayingConnectionTests: XCTestCase {
    func testAConnectionDoesNotGoWhereTheSchemaHasTheSameNumberAndIsAnother() throws {
        try withTemporaryDirectory { folder in
            let other = [
                Migration(
                    "shelf 1: items",
                    """
                    CREATE TABLE thing (id INTEGER PRIMARY KEY, value ANY) STRICT;
                    CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                    CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item (id)) STRICT;
                    """)
            ]
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let one = try SharingFiles.open("\(folder)/one.sqlite", pool)
            let another = try Database(
                path: "\(folder)/another.sqlite", migrations: Applied.migrations + other, sharing: pool,
                readers: IdleReaders(limit: 1))
            let version: @Sendable (ReadTransaction) throws -> Int64? = { transaction in
                try transaction.first("PRAGMA schema_version") { $0.integer(0) }
            }
            XCTAssertEqual(try one.readAsWriter(version), try another.readAsWriter(version))

            for number in 0..<3 {
                try one.write { try Shelf.add("one \(number)", $0) }
                try another.write { try Shelf.add("another \(number)", $0) }
            }

            XCTAssertEqual(try one.read(Shelf.names), ["one 0", "one 1", "one 2"])
            XCTAssertEqual(try another.read(Shelf.names), ["another 0", "another 1", "another 2"])
            XCTAssertEqual(try one.read { try $0.integrityProblems() }, [])
            XCTAssertEqual(try another.read { try $0.integrityProblems() }, [])
        }
    }

    func testASchemaThatAnotherProgramChangesStaysWhereItIs() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            try databases[0].write { try Shelf.add("a", $0) }
            let program = try Connection(path: paths[0], mode: .existing)
            try program.script("ALTER TABLE item ADD COLUMN colour TEXT; CREATE INDEX item_colour ON item (colour)")

            for number in 0..<3 {
                for database in databases { try database.write { try Shelf.add("n\(number)", $0) } }
            }

            XCTAssertEqual(try databases[0].read(Shelf.names), ["a", "n0", "n1", "n2"])
            XCTAssertEqual(try databases[1].read(Shelf.names), ["n0", "n1", "n2"])
            for database in databases { XCTAssertEqual(try database.read { try $0.integrityProblems() }, []) }
        }
    }

    func testAConnectionPreparedForBulkStays() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            _ = try databases[0].commit(isBulk: true) { try $0.prepareForBulk() }

            try databases[1].write { try Shelf.add("b", $0) }
            XCTAssertEqual(pool.count, 2)
            let size = try databases[0].commit(isBulk: true) { transaction in
                try transaction.reading.first("PRAGMA cache_size") { $0.integer(0) }
            }.result
            XCTAssertEqual(size, -24_576)

            _ = try databases[0].commit { try $0.endBulk() }
            XCTAssertNotNil(databases[0].giveUp())
        }
    }

    func testAConnectionStaysAsLongAsTriggersGoWithIt() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            try databases[0].write { transaction in
                try transaction.define(
                    """
                    CREATE TABLE made (name TEXT NOT NULL) STRICT;
                    CREATE TEMP TRIGGER item_made AFTER INSERT ON main.item BEGIN
                        INSERT INTO made (name) VALUES (new.name);
                    END
                    """)
            }

            try databases[1].write { try Shelf.add("elsewhere", $0) }
            XCTAssertEqual(pool.count, 2)
            try databases[0].write { try Shelf.add("a", $0) }

            XCTAssertEqual(try databases[0].read { try $0.all("SELECT name FROM made") { $0.text(0) } }, ["a"])
            try databases[0].write { try $0.define("DROP TRIGGER temp.item_made; DROP TABLE made") }
            _ = databases[0].giveUp()
            XCTAssertEqual(pool.count, 1)
        }
    }

    func testAConnectionThatHasSeenAVeryLongLogGoesNowhere() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            _ = try databases[0].commit(isBulk: true) { transaction in
                try transaction.prepareForBulk()
                for _ in 0..<40 { try transaction.execute("INSERT INTO thing (value) VALUES (zeroblob(1048576))") }
                try transaction.endBulk()
            }
            _ = try databases[0].commit { try Shelf.add("a", $0) }

            XCTAssertNil(databases[0].giveUp())

            XCTAssertEqual(pool.count, 0)
            for database in databases { try database.write { try Shelf.add("b", $0) } }
            XCTAssertEqual(try databases[0].read(Shelf.names), ["a", "b"])
            XCTAssertEqual(try databases[1].read(Shelf.names), ["b"])
        }
    }
}
