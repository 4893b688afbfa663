import CSQLite
import CStorage
import Foundation
import Synchronization
import TestSupport
import XCTest

@testable import Storage

/// Threads that write much and have the disk take it bit by bit.
final class PacedWriteTests: XCTestCase {
    func testAFileIsSyncedEveryQuarterOfAMegabyteByAPacedThreadAndByNoOther() throws {
        for (isPaced, count) in [(true, 20), (false, 0)] {
            try withConnection(isPaced, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF") { connection in
                try CountedFile.count(connection, SQLITE_FCNTL_FILE_POINTER) {
                    try Self.fill(connection, megabytes: 5)
                }
                // A little more than 5 MiB, since SQLite has pages of its own.
                XCTAssertEqual(CountedFile.syncs, count)
            }
        }
    }

    func testAFileIsSyncedEvery16PlacesByAPacedThreadAndByNoOther() throws {
        for (isPaced, count) in [(true, 8), (false, 0)] {
            try withConnection(isPaced, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF") { connection in
                try Self.fill(connection, megabytes: 1)
                try CountedFile.count(connection, SQLITE_FCNTL_FILE_POINTER) {
                    // A page each, and one of the table's beside the first.
                    try connection.run("UPDATE thing SET value = randomblob(3000) WHERE id % 2 = 0 AND id <= 256")
                }
                XCTAssertEqual(CountedFile.syncs, count)
            }
        }
    }

    func testALogIsSyncedBitByBitToo() throws {
        for (isPaced, count) in [(true, 17), (false, 0)] {
            try withConnection(isPaced, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF") { connection in
                connection.log.setLimit(.max)
                // Without a look there is no log yet.
                try connection.rows("SELECT count(*) FROM sqlite_schema", []) { _ in false }
                try CountedFile.count(connection, SQLITE_FCNTL_JOURNAL_POINTER, behind: Self.logSize) {
                    try Self.fill(connection, megabytes: 5)
                }
                // Pieces of almost 64 KiB are written at once.
                XCTAssertEqual(CountedFile.syncs, count)
            }
        }
    }

    func testACommitThatCopiesTheLogBackDoesSoBitByBitAndTheThreadGoesOnAsBefore() throws {
        for isPaced in [false, true] {
            try withConnection(isPaced, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF") { connection in
                connection.log.setLimit(256)
                try CountedFile.count(connection, SQLITE_FCNTL_FILE_POINTER) {
                    try Self.fill(connection, megabytes: 5)
                }
                XCTAssertEqual(CountedFile.syncs, 20)
                XCTAssertEqual(cstorage_pace_writes(isPaced ? 1 : 0), isPaced ? 1 : 0)
            }
        }
    }

    func testAWriteWhoseSyncFailsHasFailed() throws {
        try withConnection(true, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF") { connection in
            try CountedFile.count(connection, SQLITE_FCNTL_FILE_POINTER, answering: SQLITE_IOERR | (4 << 8)) {
                assertThrows(StorageError(code: SQLITE_IOERR | (4 << 8), message: "disk I/O error")) {
                    try Self.fill(connection, megabytes: 2)
                }
            }
        }
    }

    /// What stands before the system's file where a log is open.
    private static var logSize: Int {
        let sizes = ["unix-log", "unix"].map { (name: String) in Int(sqlite3_vfs_find(name)?.pointee.szOsFile ?? 0) }
        return sizes[0] - sizes[1]
    }

    /// A row for each page of 4 KiB.
    private static func fill(_ connection: Connection, megabytes: Int64) throws {
        try connection.run(
            """
            WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < ?)
            INSERT INTO thing (value) SELECT zeroblob(3000) FROM number
            """, [.integer(megabytes * 256)])
    }

    /// Lends a connection to a thread of its own.
    private func withConnection(
        _ isPaced: Bool, _ pragmas: StaticString, _ body: @escaping @Sendable (Connection) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            _ = try concurrently(1) { _ in
                if isPaced { Database.paceWrites() }
                let connection = try Connection(path: "\(folder)/paced.sqlite", mode: .readWrite)
                try connection.script("PRAGMA page_size = 4096")
                try connection.script(pragmas)
                try connection.script("CREATE TABLE thing (id INTEGER PRIMARY KEY, value BLOB)")
                try body(connection)
            }
        }
    }
}
