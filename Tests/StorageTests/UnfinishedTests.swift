import Foundation
import TestSupport
@testable import Storage
import XCTest

/// Commits that are left in an open transaction.
final class UnfinishedTests: XCTestCase {
    private struct Refused: Error, Equatable {}

    func testReadsSeeWhatIsLeftOpenAndOtherProgramsOnceItIsFinished() throws {
        try Shelf.run { database, path in
            try Self.add("a", to: database)
            XCTAssertTrue(database.isUnfinished)
            XCTAssertEqual(try Self.namesElsewhere(path), [])

            try database.finish()
            XCTAssertFalse(database.isUnfinished)
            XCTAssertEqual(try Self.namesElsewhere(path), ["a"])

            try Self.add("b", to: database)
            XCTAssertEqual(try database.read(Shelf.names), ["a", "b"])
            XCTAssertEqual(try Self.namesElsewhere(path), ["a", "b"])
        }
    }

    func testOnceSomebodyHadToWaitCommitsAreFinishedAtOnceForAWhile() throws {
        try Shelf.run { database, _ in
            try Self.add("a", to: database)
            XCTAssertEqual(try database.read(Shelf.names), ["a"])

            var isLeftOpen: [Bool] = []
            for number in 1...65 {
                try Self.add("n\(number)", to: database)
                isLeftOpen.append(database.isUnfinished)
            }

            XCTAssertEqual(isLeftOpen, [Bool](repeating: false, count: 64) + [true])
        }
    }

    func testIDsGoOnInATransactionThatIsLeftOpenAndAfterWhatWasUndone() throws {
        try Shelf.run { database, _ in
            let add: @Sendable (WriteTransaction) throws -> Int64 = { transaction in
                let id = try transaction.nextID(after: "SELECT max(id) FROM thing")
                try transaction.execute("INSERT INTO thing (id) VALUES (?)", .integer(id))
                return id
            }
            XCTAssertEqual(try database.commit(mayStayOpen: true, add).result, 1)
            XCTAssertEqual(try database.commit(mayStayOpen: true, add).result, 2)
            _ = try database.commit(mayStayOpen: true) { transaction in
                assertThrows(Refused()) {
                    try transaction.savepoint {
                        XCTAssertEqual(try add(transaction), 3)
                        throw Refused()
                    }
                }
                XCTAssertEqual(try add(transaction), 3)
            }
            XCTAssertTrue(database.isUnfinished)

            try database.finish()

            XCTAssertEqual(try database.commit(mayStayOpen: true, add).result, 4)
        }
    }

    func testWhatSQLiteUndoesIsMadeAgainWithItsNumbers() throws {
        try Shelf.run { database, path in
            try Self.add("a", to: database)
            try Self.add("b", to: database)

            assertThrows(StorageError(code: 2067, message: "UNIQUE constraint failed: item.name")) {
                _ = try database.commit(mayStayOpen: true) { transaction in
                    try Shelf.add("c", transaction)
                    try transaction.execute("INSERT OR ROLLBACK INTO item (name) VALUES ('a')")
                }
            }

            XCTAssertTrue(database.isUnfinished)
            XCTAssertEqual(try Self.namesElsewhere(path), [])
            guard case .captured(let seq, _) = try Self.add("d", to: database) else { return XCTFail("it is captured") }
            XCTAssertEqual(seq, 3)
            XCTAssertEqual(try database.read(Shelf.names), ["a", "b", "d"])
        }
    }

    func testWhatComesToNothingAsAWholeTakesNothingWithIt() throws {
        try Shelf.run { database, _ in
            try Self.add("a", to: database)

            assertThrows(StorageError(code: 2067, message: "UNIQUE constraint failed: item.name")) {
                try Self.add("a", to: database)
            }
            XCTAssertThrowsError(
                try database.write { transaction in
                    try Shelf.add("b", transaction)
                    throw Refused()
                })

            XCTAssertEqual(try database.read(Shelf.names), ["a"])
        }
    }

    func testWhatCannotBeMadeAgainIsTriedUntilItCan() throws {
        try Shelf.run { database, path in
            try Self.add("a", to: database)
            XCTAssertThrowsError(
                try database.commit(mayStayOpen: true) {
                    try $0.execute("INSERT OR ROLLBACK INTO item (name) VALUES ('a')")
                })
            try FileManager.default.moveItem(atPath: path, toPath: path + ".away")

            for _ in 1...2 {
                assertThrows(StorageError(code: 14, message: "unable to open database file")) {
                    _ = try database.read(Shelf.names)
                }
                assertThrows(StorageError(code: 14, message: "unable to open database file")) {
                    try Self.add("b", to: database)
                }
            }
            XCTAssertTrue(database.isUnfinished)
            try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
            XCTAssertEqual(try database.read(Shelf.names), ["a"])
            XCTAssertFalse(database.isUnfinished)
        }
    }

    func testAnotherFileInItsPlaceGetsNothingOfIt() throws {
        try Shelf.run { database, path in
            try Self.add("a", to: database)
            XCTAssertThrowsError(
                try database.commit(mayStayOpen: true) {
                    try $0.execute("INSERT OR ROLLBACK INTO item (name) VALUES ('a')")
                })
            for end in ["", "-wal", "-shm"] { unlink(path + end) }
            try Shelf.open(path).close()

            assertThrows(Replay.Misfit.otherFile) { try database.finish() }

            XCTAssertEqual(try Self.namesElsewhere(path), [])
        }
    }

    func testAForeignKeyThatIsLookedAtLateFailsItsOwnCommit() throws {
        try Shelf.run { database, _ in
            try database.write { transaction in
                try transaction.execute(
                    composed: """
                        CREATE TABLE late (
                            id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)
                        """, [])
            }
            try Self.add("a", to: database)

            assertThrows(StorageError(code: 787, message: "FOREIGN KEY constraint failed")) {
                _ = try database.commit(mayStayOpen: true) {
                    try $0.execute(composed: "INSERT INTO late (item_id) VALUES (77)", [])
                }
            }

            XCTAssertEqual(try database.read(Shelf.names), ["a"])
        }
    }

    func testAStepOfSomethingBigFinishesWhatWasLeftOpenAndIsNotLeftOpenItself() throws {
        try Shelf.run { database, path in
            try Self.add("a", to: database)
            _ = try database.commit(isBulk: true, mayStayOpen: true) { try Shelf.add("big", $0) }
            XCTAssertFalse(database.isUnfinished)
            XCTAssertEqual(try Self.namesElsewhere(path), ["a", "big"])

            // The journal has nothing of the big step: what comes behind it is nothing without the log.
            guard case .unsynced = try Self.add("b", to: database) else { return XCTFail("it needs the log") }
            XCTAssertFalse(database.isUnfinished)
        }
    }

    func testWhatIsToBeGoneLeavesTheFileAlthoughOthersWereLeftOpen() throws {
        try Shelf.run { database, path in
            try Self.add("secretly", to: database)
            guard
                case .synced(2, isScrubbed: true) = try database.commit(
                    mayStayOpen: true,
                    {
                        try $0.execute("UPDATE item SET name = 'gone'")
                        $0.scrub()
                    }
                ).commit
            else { return XCTFail("it is synced") }

            for end in ["", "-wal"] {
                let bytes = FileManager.default.contents(atPath: path + end) ?? Data()
                XCTAssertNil(bytes.range(of: Data("secretly".utf8)), end)
            }
        }
    }

    func testClosingFinishesAndKeepingTheLogDoesNot() throws {
        try Shelf.run { database, path in
            try Self.add("a", to: database)
            try database.close()
            XCTAssertEqual(try Self.namesElsewhere(path), ["a"])

            let next = try Shelf.open(path)
            try Self.add("b", to: next)
            try next.keepLog()
            XCTAssertFalse(next.isUnfinished)
            try next.close()
            XCTAssertEqual(try Self.namesElsewhere(path), ["a"])
        }
    }

    func testNobodyBuildsUponAFileWithoutWhatWasLeftOpenNorReadsIt() throws {
        try Shelf.run { database, path in
            try Self.add("a", to: database)

            try database.keepLog()

            // Its number is taken by what the journal has.
            assertThrows(StorageError.closed) { try Self.add("b", to: database) }
            assertThrows(StorageError.closed) { try database.write { try Shelf.add("b", $0) } }
            assertThrows(StorageError.closed) { _ = try database.read(Shelf.names) }
            try database.close()
            XCTAssertEqual(try Self.namesElsewhere(path), [])
        }
    }

    func testWhatWouldTakeMuchMemoryIsNotLeftOpen() throws {
        try Shelf.run { database, _ in
            for (length, isLeftOpen) in [(100_000, true), (100_000, false), (200_000, false)] {
                _ = try database.commit(mayStayOpen: true) {
                    try $0.execute("INSERT INTO thing (value) VALUES (?)", .blob([UInt8](repeating: 7, count: length)))
                }
                XCTAssertEqual(database.isUnfinished, isLeftOpen)
            }
        }
    }

    func testATransactionIsNotLeftOpenForEver() throws {
        try Shelf.run { database, path in
            let value = [UInt8](repeating: 7, count: 10_000)
            var finished = 0
            for _ in 0..<40 {
                _ = try database.commit(mayStayOpen: true) {
                    try $0.execute("INSERT INTO thing (value) VALUES (?)", .blob(value))
                }
                if !database.isUnfinished { finished += 1 }
            }

            XCTAssertGreaterThanOrEqual(finished, 2)
            XCTAssertGreaterThan(
                try Database.look(at: path) { try $0.first("SELECT count(*) FROM thing") { $0.integer(0) } } ?? 0, 0)
        }
    }

    @discardableResult
    private static func add(_ name: String, to database: Database) throws -> Commit {
        try database.commit(mayStayOpen: true) { try Shelf.add(name, $0) }.commit
    }

    /// What another program sees.
    private static func namesElsewhere(_ path: String) throws -> [String] {
        try Database.look(at: path, Shelf.names)
    }
}
