import CSQLite
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

    func testALogBelongsToWhomItsDatabaseBelongs() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try Database(path: path, migrations: Shelf.migrations).close()
            // Only root can give a file away, and only root has to.
            let owner = geteuid() == 0 ? 65_534 : geteuid()
            XCTAssertEqual(chown(path, owner, getegid()), 0)

            let database = try Database(path: path, migrations: Shelf.migrations)
            for name in ["a", "b"] {
                try database.write { try Shelf.add(name, $0) }

                var log = stat()
                XCTAssertEqual(stat("\(path)-wal", &log), 0)
                XCTAssertEqual(log.st_uid, owner)
            }
        }
    }

    func testATemporaryFileTakesAnyNumberOfBytesAtATime() throws {
        let system = try XCTUnwrap(sqlite3_vfs_find(Connection.fileSystem))
        let file = UnsafeMutableRawPointer.allocate(byteCount: Int(system.pointee.szOsFile), alignment: 16)
        defer { file.deallocate() }
        let opened = file.assumingMemoryBound(to: sqlite3_file.self)
        let flags =
            SQLITE_OPEN_SUBJOURNAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE
            | SQLITE_OPEN_DELETEONCLOSE
        XCTAssertEqual(system.pointee.xOpen(system, nil, opened, flags, nil), SQLITE_OK)
        let methods = try XCTUnwrap(opened.pointee.pMethods)
        defer { _ = methods.pointee.xClose(opened) }

        for count in [1, 65_535, 65_536, 65_537, 131_072, 1 << 20, 3 << 20 + 5] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 + count) }
            XCTAssertEqual(methods.pointee.xWrite(opened, bytes, Int32(count), 7), SQLITE_OK, "\(count)")

            var found = [UInt8](repeating: 0, count: count)
            for start in stride(from: 0, to: count, by: 50_000) {
                let length = min(50_000, count - start)
                let code = found.withUnsafeMutableBytes {
                    methods.pointee.xRead(opened, $0.baseAddress! + start, Int32(length), Int64(7 + start))
                }
                XCTAssertEqual(code, SQLITE_OK)
            }
            XCTAssertTrue(found == bytes, "\(count)")
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
            try Database(path: path, migrations: Shelf.migrations).close()
            let connection = try Connection(path: path, mode: .existing)
            // The log is opened by whoever looks.
            try connection.script("PRAGMA synchronous = NORMAL; SELECT 1 FROM item")

            XCTAssertEqual(try Self.syncs(connection, "INSERT INTO item (name) VALUES ('a')"), 0)
            XCTAssertEqual(try Self.syncs(connection, "INSERT INTO item (name) VALUES ('b')"), 0)
            try connection.script("PRAGMA wal_checkpoint(RESTART)")
            XCTAssertEqual(try Self.syncs(connection, "INSERT INTO item (name) VALUES ('c')"), 1)
        }
    }

    func testTheHeaderOfALogThatAnotherHasBegunIsSynced() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try Database(path: path, migrations: Shelf.migrations).close()
            let connection = try Connection(path: path, mode: .existing)
            try connection.script("PRAGMA synchronous = NORMAL; SELECT 1 FROM item")
            let other = try Connection(path: path, mode: .existing)
            try other.script("INSERT INTO item (name) VALUES ('a'); PRAGMA wal_checkpoint(RESTART)")

            XCTAssertEqual(try Self.syncs(connection, "INSERT INTO item (name) VALUES ('b')"), 1)
        }
    }

    /// How often a statement has the system sync the log.
    private static func syncs(_ connection: Connection, _ sql: StaticString) throws -> Int {
        let sizes = ["unix-log", "unix"].map { (name: String) in Int(sqlite3_vfs_find(name)?.pointee.szOsFile ?? 0) }
        try CountedFile.count(connection, SQLITE_FCNTL_JOURNAL_POINTER, behind: sizes[0] - sizes[1]) {
            try connection.script(sql)
        }
        return CountedFile.syncs
    }

    private static func items(_ path: String) throws -> [String] {
        try TableDump(path: path) { $0 == "name" }.rows["item"] ?? []
    }
}
