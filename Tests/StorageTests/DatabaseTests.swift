import Foundation
import TestSupport
@testable import Storage
import XCTest

final class DatabaseTests: XCTestCase {
    func testAFileSurvivesReopening() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try Database(path: path, migrations: Shelf.migrations).write { try Shelf.add("a", $0) }

            let reopened = try Database(path: path, migrations: Shelf.migrations)

            XCTAssertEqual(try reopened.read(Shelf.names), ["a"])
            XCTAssertEqual(try reopened.read { try $0.integrityProblems() }, [])
        }
    }

    func testAReaderDoesNotWaitForTheWriterAndSeesOnlyFinishedWrites() throws {
        try withTemporaryDirectory { folder in
            let database = try Database(path: "\(folder)/shelf.sqlite", migrations: Shelf.migrations)
            try database.write { try Shelf.add("finished", $0) }

            let duringTheWrite = try database.write { transaction in
                try Shelf.add("unfinished", transaction)
                return try database.read(Shelf.names)
            }

            XCTAssertEqual(duringTheWrite, ["finished"])
            XCTAssertEqual(try database.read(Shelf.names), ["finished", "unfinished"])
        }
    }

    func testALongLogIsCopiedBackBesideTheWriter() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let database = try Database(path: path, migrations: Shelf.migrations)
            try database.write { try $0.prepareForBulk() }
            let before = try Data(contentsOf: URL(fileURLWithPath: path)).count
            try database.write { transaction in
                for _ in 0..<18 {
                    try transaction.execute("INSERT INTO thing (value) VALUES (zeroblob(1048576))")
                }
            }

            try database.write { transaction in
                try Shelf.add("unfinished", transaction)
                try database.copyLogBack()
            }

            XCTAssertGreaterThan(try Data(contentsOf: URL(fileURLWithPath: path)).count, before + 18 << 20)
            XCTAssertEqual(try database.read(Shelf.names), ["unfinished"])
            XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
        }
    }

    func testAReadKeepsItsSnapshotWhileAWriteGoesPast() throws {
        try withTemporaryDirectory { folder in
            let database = try Database(path: "\(folder)/shelf.sqlite", migrations: Shelf.migrations)
            try database.write { try Shelf.add("a", $0) }

            try database.read { transaction in
                XCTAssertEqual(try Shelf.names(transaction), ["a"])
                try database.write { try Shelf.add("b", $0) }
                XCTAssertEqual(try Shelf.names(transaction), ["a"])
            }

            XCTAssertEqual(try database.read(Shelf.names), ["a", "b"])
        }
    }

    func testReadersInsideEachOtherEachHaveTheirConnection() throws {
        try withTemporaryDirectory { folder in
            let database = try Database(path: "\(folder)/shelf.sqlite", migrations: Shelf.migrations)
            try database.write { try Shelf.add("a", $0) }

            let names = try database.read { outer in
                try Shelf.names(outer) + database.read { inner in try Shelf.names(inner) }
            }

            XCTAssertEqual(names, ["a", "a"])
        }
    }

    func testAReaderCannotWrite() throws {
        try withTemporaryDirectory { folder in
            let database = try Database(path: "\(folder)/shelf.sqlite", migrations: Shelf.migrations)

            assertThrows(StorageError(code: 8, message: "attempt to write a readonly database")) {
                try database.read { try $0.exists("INSERT INTO item (name) VALUES ('a') RETURNING 1") }
            }
        }
    }

    func testAReadThatThrowsLeavesItsConnectionUsable() throws {
        struct Enough: Error, Equatable {}
        try withTemporaryDirectory { folder in
            let database = try Database(path: "\(folder)/shelf.sqlite", migrations: Shelf.migrations)

            assertThrows(Enough()) { try database.read { _ in throw Enough() } }
            try database.write { try Shelf.add("a", $0) }

            XCTAssertEqual(try database.read(Shelf.names), ["a"])
        }
    }

    func testAFileThatIsNoDatabaseIsRefused() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try String(repeating: "no database ", count: 200).write(toFile: path, atomically: false, encoding: .utf8)

            XCTAssertThrowsError(try Database(path: path, migrations: Shelf.migrations)) { error in
                XCTAssertEqual(error as? StorageError, StorageError(code: 26, message: "file is not a database"))
                XCTAssertEqual((error as? StorageError)?.isCorrupt, true)
            }
        }
    }

    func testAFileInAFolderThatIsNotThereIsRefused() throws {
        try withTemporaryDirectory { folder in
            assertThrows(StorageError(code: 14, message: "unable to open database file")) {
                try Database(path: "\(folder)/nowhere/shelf.sqlite", migrations: Shelf.migrations)
            }
        }
    }

    func testAFullDiskIsRecognisedAndTheTransactionIsUndone() throws {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        try database.write { try Shelf.add("before", $0) }

        XCTAssertThrowsError(
            try database.write { transaction in
                try transaction.execute("PRAGMA max_page_count = 12")
                for number in 0..<200 {
                    let bytes = [UInt8](repeating: 7, count: 900)
                    try transaction.execute(
                        "INSERT INTO thing (id, value) VALUES (?, ?)", .integer(Int64(number)), .blob(bytes))
                }
            }
        ) { XCTAssertEqual(($0 as? StorageError)?.isDiskFull, true, "\($0)") }

        XCTAssertEqual(try database.read(Shelf.names), ["before"])
        XCTAssertFalse(try database.read { try $0.exists("SELECT 1 FROM thing") })
        XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
    }
}
