import Foundation
import TestSupport
import XCTest

@testable import Storage

/// Commits that are written to the log at once, as SQLite's own file system finds them.
final class LogWriterTests: XCTestCase {
    func testACommitIsThereForEveryoneWhenItReturns() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let database = try Database(path: path, migrations: Shelf.migrations)
            for name in ["a", "b", "c"] {
                try database.write { try Shelf.add(name, $0) }

                XCTAssertEqual(try Self.items(path).last, "'\(name)'")
            }
        }
    }

    func testATransactionBiggerThanWhatWaitsIsWrittenWhole() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let database = try Database(path: path, migrations: Shelf.migrations)
            // Few pages in memory: most are written to the log before the commit, and read from it again.
            try database.write { try $0.execute("PRAGMA cache_size = 20") }

            for round in 0..<3 {
                try database.write { transaction in
                    for number in 0..<2_000 { try Shelf.add("\(round) \(number * 7_919 % 2_000)", transaction) }
                }
                let refused = StorageError.misuse
                assertThrows(refused) {
                    try database.write { transaction in
                        try transaction.execute("UPDATE item SET name = name || 'x'")
                        throw refused
                    }
                }
            }

            XCTAssertEqual(try Self.items(path).count, 6_000)
            XCTAssertFalse(try Self.items(path).contains { $0.contains("x") })
            XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
        }
    }

    func testTheHeaderOfALogIsSyncedOnlyWhereItOverwritesAnother() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            func open() throws -> Database {
                try Database(path: path, migrations: Shelf.migrations + Applied.migrations, capturing: CapturedShapes())
            }
            try open().close()
            let database = try open()

            XCTAssertEqual(try Self.synchronous(database), [0, .max])
            _ = try database.commit { _ in }
            XCTAssertEqual(try Self.synchronous(database), [0, .max])
            _ = try database.commit { try Shelf.add("a", $0) }
            XCTAssertEqual(try Self.synchronous(database), [1, 32_000])
        }
    }

    func testSomethingBigIsSyncedFromItsFirstStepOn() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let migrations = Shelf.migrations + Applied.migrations
            try Database(path: path, migrations: migrations, capturing: CapturedShapes()).close()
            let database = try Database(path: path, migrations: migrations, capturing: CapturedShapes())

            let mode = try database.commit(isBulk: true) { transaction in
                try transaction.reading.first("PRAGMA synchronous") { $0.integer(0) }
            }.result

            XCTAssertEqual(mode, 1)
        }
    }

    /// How the writer syncs, and after how many pages it copies its log back.
    private static func synchronous(_ database: Database) throws -> [Int64?] {
        let mode = try database.readAsWriter { try $0.first("PRAGMA synchronous") { $0.integer(0) } }
        return [mode, try database.withWriter { Int64($0.log.limit) }]
    }

    private static func items(_ path: String) throws -> [String] {
        try TableDump(path: path) { $0 == "name" }.rows["item"] ?? []
    }
}
