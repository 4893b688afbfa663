import Synchronization
import TestSupport
import XCTest

@testable import Storage

/// Who gets a connection and who gives one up, where there are fewer than databases.
final class SeatsTests: XCTestCase {
    /// How many changes were made.
    private var asked = 0

    func testMostDatabasesAskedOneAfterTheOtherKeepTheirConnection() throws {
        try withDatabases(24, limit: 18) { databases in
            for _ in 0..<2 { try ask(databases) }
            var came = 0
            for _ in 0..<4 { came += try ask(databases) }

            // At best a quarter of 96; the one goes that has rested longest of two at random: 60 and more.
            XCTAssertLessThanOrEqual(came, 40)
        }
    }

    func testADatabaseAskedAgainAndAgainIsNotPutOutByManyThatAreAskedOnce() throws {
        try withDatabases(28, limit: 12) { databases in
            let regulars = databases[..<10]
            for _ in 0..<3 { try ask(regulars) }
            var came = 0
            for passing in databases[12...] {
                try ask([passing])
                came += try ask(regulars)
            }

            XCTAssertLessThanOrEqual(came, 4)
        }
    }

    func testADatabaseThatIsAskedForAgainSoonStays() throws {
        try withDatabases(10, limit: 4) { databases in
            for _ in 0..<2 { try ask(databases[..<4]) }
            try ask(databases[4...4])
            var came = 0
            // All others have rested for longer than it stays away.
            for other in databases[5...] {
                usleep(30_000)
                came += try ask(databases[4...4])
                try ask([other])
            }

            XCTAssertLessThanOrEqual(came, 1)
        }
    }

    /// Has each changed, with time in between, which the pool measures in some milliseconds.
    ///
    /// - Returns: How many had no connection.
    @discardableResult
    private func ask(_ databases: some Sequence<Database>) throws -> Int {
        var count = 0
        for database in databases {
            usleep(5_000)
            if database.writer.withLock({ $0?.seat == nil }) { count += 1 }
            asked += 1
            let name = String(asked)
            _ = try database.commit(mayStayOpen: true) { try Shelf.add(name, $0) }
        }
        return count
    }

    private func withDatabases(_ count: Int, limit: Int, _ body: ([Database]) throws -> Void) throws {
        try SharingFiles.withCopies(count) { paths in
            let pool = ConnectionPool(limit: limit, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            try body(databases)
            XCTAssertLessThanOrEqual(pool.count, limit)
            for database in databases { try database.close() }
        }
    }
}
