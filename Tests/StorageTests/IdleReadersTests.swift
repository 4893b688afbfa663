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

            readers.give(try Reader(path: path), of: one)

            XCTAssertNil(readers.take(other))
            XCTAssertNotNil(readers.take(one))
            XCTAssertNil(readers.take(one))
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
