import Foundation
import TestSupport
import XCTest

@testable import Storage

final class IdleReadersTests: XCTestCase {
    func testOnlyTheReadersUsedLastStayOpen() throws {
        try withTemporaryDirectory { folder in
            let readers = IdleReaders(limit: 2)
            let databases = try (0..<3).map { number in
                try Database(path: "\(folder)/\(number).sqlite", migrations: Shelf.migrations, readers: readers)
            }

            for database in databases { XCTAssertEqual(try database.read(Shelf.names), []) }

            XCTAssertEqual(try (0..<3).map { try Self.openReaders(of: "\(folder)/\($0).sqlite") }, [0, 1, 1])
        }
    }

    func testADatabaseThatIsClosedLeavesNoReader() throws {
        try withTemporaryDirectory { folder in
            let readers = IdleReaders(limit: 8)
            let path = "\(folder)/shelf.sqlite"
            let database = try Database(path: path, migrations: Shelf.migrations, readers: readers)
            XCTAssertEqual(try database.read { outer in try Shelf.names(outer) + database.read(Shelf.names) }, [])
            XCTAssertEqual(try Self.openReaders(of: path), 2)

            try database.close()

            XCTAssertEqual(try Self.openReaders(of: path), -1)
        }
    }

    func testAReaderIsOnlyItsOwners() throws {
        try withTemporaryDirectory { folder in
            let readers = IdleReaders(limit: 8)
            let path = "\(folder)/shelf.sqlite"
            _ = try Database(path: path, migrations: Shelf.migrations)
            let (one, other) = (readers.newOwner(), readers.newOwner())

            readers.give(Seat(try Connection(path: path, mode: .readOnly)), of: one)

            XCTAssertNil(readers.take(other))
            XCTAssertNotNil(readers.take(one))
            XCTAssertNil(readers.take(one))
        }
    }

    func testAReaderGoesFromOneDatabaseToAnotherAndSeesWhatIsThere() throws {
        try withShared(3, readers: IdleReaders(limit: 1)) { databases, readers in
            for (number, database) in databases.enumerated() { try database.write { try Shelf.add("\(number)", $0) } }
            XCTAssertEqual(try databases[0].read(Shelf.names), ["0"])
            let reader = try XCTUnwrap(readers.take(databases[0].owner))
            readers.give(reader, of: databases[0].owner)

            for round in 0..<3 {
                for (number, database) in databases.enumerated() {
                    XCTAssertEqual(try database.read(Shelf.names).first, "\(number)")
                    XCTAssertEqual(try database.read(Shelf.names).count, round + 1)
                    try database.write { try Shelf.add("\(number) \(round)", $0) }
                    let seat = try XCTUnwrap(readers.take(database.owner))
                    XCTAssertTrue(seat === reader)
                    readers.give(seat, of: database.owner)
                }
            }
        }
    }

    func testADatabaseWhoseReaderHasGoneIsOneFileWhenItIsClosed() throws {
        try withShared(2, readers: IdleReaders(limit: 1)) { databases, _ in
            for database in databases {
                try database.write { try Shelf.add("a", $0) }
                XCTAssertEqual(try database.read(Shelf.names), ["a"])
            }

            try databases[0].close()

            XCTAssertFalse(FileManager.default.fileExists(atPath: databases[0].path + "-wal"))
            XCTAssertEqual(try Database.look(at: databases[0].path, Shelf.names), ["a"])
            XCTAssertEqual(try databases[1].read(Shelf.names), ["a"])
        }
    }

    func testAReaderThatKnowsAnotherSchemaStaysWhereItIs() throws {
        try withShared(2, readers: IdleReaders(limit: 2)) { databases, readers in
            try databases[1].write { try $0.define("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT") }
            XCTAssertEqual(try databases[0].read(Shelf.names), [])
            let reader = try XCTUnwrap(readers.take(databases[0].owner))
            readers.give(reader, of: databases[0].owner)

            XCTAssertEqual(
                try databases[1].read { try $0.all("SELECT id FROM more") { $0.integer(0) } }, [])

            let other = try XCTUnwrap(readers.take(databases[1].owner))
            XCTAssertFalse(other === reader)
            XCTAssertTrue(try XCTUnwrap(readers.take(databases[0].owner)) === reader)
        }
    }

    func testAReaderThatHasSeenAVeryLongLogGoesNowhere() throws {
        try withShared(2, readers: IdleReaders(limit: 1)) { databases, readers in
            _ = try databases[0].commit(isBulk: true) { transaction in
                try transaction.prepareForBulk()
                for _ in 0..<20 { try transaction.execute("INSERT INTO thing (value) VALUES (zeroblob(1048576))") }
                try transaction.endBulk()
            }
            let sizes = try databases[0].read { try $0.all("SELECT length(value) FROM thing") { $0.integer(0) } }
            XCTAssertEqual(sizes.count, 20)
            let reader = try XCTUnwrap(readers.take(databases[0].owner))
            readers.give(reader, of: databases[0].owner)

            XCTAssertEqual(try databases[1].read(Shelf.names), [])

            XCTAssertFalse(try XCTUnwrap(readers.take(databases[1].owner)) === reader)
            XCTAssertEqual(try databases[0].read(Shelf.names), [])
        }
    }

    /// Lends databases that have the same schema and share readers.
    private func withShared(
        _ count: Int, readers: IdleReaders, _ body: ([Database], IdleReaders) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            let pool = ConnectionPool(limit: 2, capturing: CapturedShapes())
            let databases = try (0..<count).map { number in
                try Database(
                    path: "\(folder)/\(number).sqlite", migrations: Applied.migrations + Shelf.migrations,
                    sharing: pool, readers: readers)
            }
            try body(databases, readers)
            for database in databases { try database.close() }
        }
    }

    /// How many connections of this process but one, the writer's, have a file's log open.
    ///
    /// SQLite keeps a reader's descriptor of the file itself for the next one, since to close it would drop the locks.
    private static func openReaders(of path: String) throws -> Int {
        let own = "/proc/self/fd"
        let open = try FileManager.default.contentsOfDirectory(atPath: own).count { number in
            // The descriptor of the listing itself is gone by now.
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(own)/\(number)")) == path + "-wal"
        }
        return open - 1
    }
}
