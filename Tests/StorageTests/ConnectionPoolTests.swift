import Foundation
import TestSupport
import XCTest

@testable import Storage

/// Databases that share connections: what is in one must never be taken for what is in another.
final class ConnectionPoolTests: XCTestCase {
    private struct Refused: Error, Equatable {}

    func testDatabasesMadeFromOneFileKeepEachItsOwnThroughWhateverHappens() throws {
        try SharingFiles.withCopies(8) { paths in
            // All have the same schema, and at first the same pages and the same empty log.
            for seed in UInt64(1)...12 {
                var random = SeededGenerator(seed: seed)
                let pool = ConnectionPool(limit: 1 + random.below(3), capturing: CapturedShapes())
                let readers = IdleReaders(limit: 1 + random.below(3))
                var databases: [Database?] = paths.map { _ in nil }
                for step in 0..<150 {
                    let place = random.below(paths.count)
                    let database = try databases[place] ?? SharingFiles.open(paths[place], pool, readers)
                    databases[place] = database
                    try Self.act(random.below(8), database, named: "\(place) \(seed) \(step)", &databases[place])
                    XCTAssertLessThanOrEqual(pool.count, 3)
                }
                for database in databases { try database?.close() }
                XCTAssertEqual(pool.count, 0)

                for (place, path) in paths.enumerated() {
                    let names = try SharingFiles.names(path)
                    XCTAssertTrue(names.allSatisfy { $0.hasPrefix("\(place) ") }, "seed \(seed): \(names)")
                }
            }
        }
    }

    /// Does one thing of those that happen to a database, all of whose items begin with its number.
    private static func act(_ kind: Int, _ database: Database, named name: String, _ open: inout Database?) throws {
        switch kind {
        case 0, 1: _ = try database.commit(mayStayOpen: true) { try Shelf.add(name, $0) }
        case 2: try database.write { try Shelf.add(name, $0) }
        case 3:
            assertThrows(Refused()) {
                try database.write { transaction in
                    try Shelf.add("undone", transaction)
                    throw Refused()
                }
            }
        case 4: try database.copyLogBack()
        case 5: try database.write { try $0.execute("DELETE FROM item WHERE id % 3 = 0") }
        case 6:
            try database.close()
            open = nil
        default:
            let place = name.prefix { $0 != " " }
            XCTAssertTrue(try database.read(Shelf.names).allSatisfy { $0.hasPrefix("\(place) ") })
        }
    }

    func testManyThreadsShareOneConnectionAndTwoReaders() throws {
        try SharingFiles.withCopies(6) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let readers = IdleReaders(limit: 2)
            let databases = try paths.map { try SharingFiles.open($0, pool, readers) }

            _ = try concurrently(4) { thread in
                for number in 0..<60 {
                    let place = (thread * 7 + number * 5) % databases.count
                    _ = try databases[place].commit(mayStayOpen: number % 2 == 0) {
                        try Shelf.add("\(place) \(thread) \(number)", $0)
                    }
                    let names =
                        number % 3 == 0
                        ? try databases[place].readAsWriter(Shelf.names) : try databases[place].read(Shelf.names)
                    XCTAssertTrue(names.contains("\(place) \(thread) \(number)"))
                    let other = (place + 1 + thread) % databases.count
                    XCTAssertTrue(try databases[other].read(Shelf.names).allSatisfy { $0.hasPrefix("\(other) ") })
                }
            }

            var count = 0
            for (place, database) in databases.enumerated() {
                let names = try database.read(Shelf.names)
                XCTAssertTrue(names.allSatisfy { $0.hasPrefix("\(place) ") })
                XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
                count += names.count
            }
            XCTAssertEqual(count, 240)
            for database in databases { try database.close() }
        }
    }

    func testLogsThatAreTheSameToTheByteAreToldApart() throws {
        try SharingFiles.withCopies(2) { paths in
            // As after a crash: the log is there, with what one of them has committed.
            let first = try Database(path: paths[0], migrations: SharingFiles.migrations, capturing: CapturedShapes())
            try first.write { try Shelf.add("both", $0) }
            try FileManager.default.removeItem(atPath: paths[1])
            for end in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: paths[0] + end, toPath: paths[1] + end)
            }
            try first.keepLog()
            try first.close()

            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            XCTAssertEqual(try databases[0].readAsWriter(Shelf.names), ["both"])
            XCTAssertEqual(try databases[1].readAsWriter(Shelf.names), ["both"])
            try databases[0].write { try Shelf.add("a", $0) }
            XCTAssertEqual(try databases[1].readAsWriter(Shelf.names), ["both"])
            try databases[1].write { try Shelf.add("b", $0) }

            XCTAssertEqual(try databases[0].readAsWriter(Shelf.names), ["both", "a"])
            XCTAssertEqual(try databases[1].readAsWriter(Shelf.names), ["both", "b"])
        }
    }

    func testWhatWasLeftOpenIsCommittedBeforeTheConnectionGoes() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            _ = try databases[0].commit(mayStayOpen: true) { try Shelf.add("a", $0) }
            XCTAssertTrue(databases[0].isUnfinished)

            try databases[1].write { try Shelf.add("b", $0) }

            XCTAssertFalse(databases[0].isUnfinished)
            XCTAssertEqual(try SharingFiles.names(paths[0]), ["a"])
        }
    }

    func testWhatAnotherProgramCommitsBetweenTwoVisitsIsSeen() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            try databases[0].write { try Shelf.add("a", $0) }
            try databases[1].write { try Shelf.add("b", $0) }
            let program = try Connection(path: paths[0], mode: .existing)
            try program.script("INSERT INTO item (name) VALUES ('program')")

            XCTAssertEqual(try databases[0].readAsWriter(Shelf.names), ["a", "program"])
            try databases[0].write { try Shelf.add("c", $0) }
            try program.script("INSERT INTO item (name) VALUES ('again')")
            XCTAssertEqual(try databases[0].read(Shelf.names), ["a", "program", "c", "again"])
        }
    }

    func testAClosedDatabaseIsOneFileAndOneThatKeepsItsLogIsNot() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            for database in databases { try database.write { try Shelf.add("a", $0) } }
            XCTAssertEqual(try databases[1].read(Shelf.names), ["a"])
            try databases[1].keepLog()

            for database in databases { try database.close() }

            XCTAssertEqual(SharingFiles.beside(paths[0]), [])
            XCTAssertTrue(SharingFiles.beside(paths[1]).contains("-wal"))
            for path in paths { XCTAssertEqual(try SharingFiles.names(path), ["a"]) }
            assertThrows(StorageError.closed) { try databases[0].write { try Shelf.add("b", $0) } }
        }
    }

    func testAnotherFileInItsPlaceIsLeftAlone() throws {
        try SharingFiles.withCopies(1) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let database = try SharingFiles.open(paths[0], pool)
            try database.write { try Shelf.add("a", $0) }
            for end in ["", "-wal", "-shm"] { unlink(paths[0] + end) }
            let other = try Database(path: paths[0], migrations: SharingFiles.migrations, capturing: CapturedShapes())
            try other.write { try Shelf.add("other", $0) }

            try database.close()

            XCTAssertEqual(try other.read(Shelf.names), ["other"])
            try other.close()
            XCTAssertEqual(try SharingFiles.names(paths[0]), ["other"])
        }
    }

    func testAConnectionComesToAFileThatHasGotAnotherKey() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            let key = try databases[0].readAsWriter { try $0.applied()?.file }
            try databases[0].write { try $0.renewApplied() }

            for number in 0..<2 {
                for database in databases { try database.write { try Shelf.add("n\(number)", $0) } }
            }

            XCTAssertNotEqual(try databases[0].readAsWriter { try $0.applied()?.file }, key)
            for database in databases { XCTAssertEqual(try database.read(Shelf.names), ["n0", "n1"]) }
        }
    }

    func testAFileOfAnotherKindIsMadeOneThatCanBeShared() throws {
        try SharingFiles.withCopies(1) { paths in
            try Connection(path: paths[0], mode: .existing).script("PRAGMA journal_mode = DELETE")
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let database = try SharingFiles.open(paths[0], pool)
            try database.write { try Shelf.add("a", $0) }

            let mode = try database.readAsWriter { try $0.first("PRAGMA journal_mode") { $0.text(0) } }

            XCTAssertEqual(mode, "wal")
            XCTAssertEqual(try database.read(Shelf.names), ["a"])
        }
    }

    func testWhereNoDescriptorIsLeftAConnectionSaysSoAndComesLater() throws {
        try SharingFiles.withCopies(2) { paths in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let databases = try paths.map { try SharingFiles.open($0, pool) }
            for database in databases { _ = try database.commit { try Shelf.add("a", $0) } }
            var usual = rlimit()
            XCTAssertEqual(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &usual), 0)
            // None can be had, since all of them have numbers below the limit.
            var none = rlimit(rlim_cur: 0, rlim_max: usual.rlim_max)
            XCTAssertEqual(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none), 0)

            let outcome = Result { try databases[0].commit { try Shelf.add("b", $0) } }

            XCTAssertEqual(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &usual), 0)
            XCTAssertThrowsError(try outcome.get()) {
                XCTAssertEqual(($0 as? StorageError)?.isUnopenable, true, "\($0)")
            }
            _ = try databases[0].commit { try Shelf.add("c", $0) }
            XCTAssertEqual(try databases[0].read(Shelf.names), ["a", "c"])
            XCTAssertEqual(try databases[1].read(Shelf.names), ["a"])
        }
    }

    func testAFileThatIsNoDatabaseIsRefusedAsElsewhere() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try String(repeating: "no database ", count: 200).write(toFile: path, atomically: false, encoding: .utf8)
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())

            assertThrows(StorageError(code: 26, message: "file is not a database")) {
                _ = try SharingFiles.open(path, pool)
            }
            assertThrows(StorageError(code: 14, message: "unable to open database file")) {
                _ = try SharingFiles.open("\(folder)/nowhere/shelf.sqlite", pool)
            }
        }
    }
}
