import Foundation
import Synchronization
import TestSupport
import XCTest

@testable import Storage

/// Files with the same tables, however these came about, are laid out alike, so that one connection serves them all.
final class LayoutTests: XCTestCase {
    func testTablesMadeInAnyOrderAmongAnythingElseComeToLieAlike() throws {
        for seed in UInt64(1)...20 {
            var random = SeededGenerator(seed: seed)
            let schema = RandomSchema(&random)
            let statements = schema.tables.map(\.sql) + schema.others
            let marks = try (0..<3).map { number in
                try withTemporaryDirectory { folder in
                    let connection = try Connection(path: "\(folder)/some.sqlite", mode: .readWrite)
                    try connection.script("PRAGMA page_size = 1024; PRAGMA journal_mode = WAL")
                    try connection.script("PRAGMA foreign_keys = OFF; CREATE TABLE passing (id INTEGER PRIMARY KEY, a)")
                    // A trigger needs its table.
                    let order = Self.shuffled(schema.tables.map(\.sql), &random) + schema.others
                    for (position, statement) in (number == 0 ? statements : order).enumerated() {
                        try Self.run(statement, on: connection)
                        try connection.run("INSERT INTO passing (a) VALUES (zeroblob(5000))")
                        if position == 2 { try connection.script("CREATE INDEX passing_a ON passing (a)") }
                        if position == 3 { try connection.script("DROP TABLE passing; CREATE TABLE passing (id, a)") }
                    }
                    try connection.script("DROP TABLE passing; PRAGMA foreign_keys = ON")
                    for _ in 0..<40 {
                        let change = schema.change(&random)
                        try? connection.rows(text: change.sql, change.values, confinedTo: nil, isReading: false) { _ in
                            true
                        }
                    }
                    let before = try Self.content(of: schema, on: connection)

                    try Connection(path: "\(folder)/some.sqlite", mode: .existing).layOut()

                    XCTAssertEqual(try Self.content(of: schema, on: connection), before, "seed \(seed)")
                    XCTAssertEqual(try ReadTransaction(connection: connection).integrityProblems(), [])
                    return try SchemaMark(version: connection.schemaVersion(), of: connection)
                }
            }
            XCTAssertTrue(marks[0].isLaidOut)
            XCTAssertEqual(marks[1], marks[0], "seed \(seed)")
            XCTAssertEqual(marks[2], marks[0], "seed \(seed)")
        }
    }

    func testOneConnectionServesAnOldFileThatWasBroughtUpToDateAndANewOne() throws {
        try withTemporaryDirectory { folder in
            let old = "\(folder)/old.sqlite"
            let before = try Database(path: old, migrations: Applied.migrations + Shelf.migrations)
            try before.write { transaction in
                try transaction.define("CREATE TABLE later (id INTEGER PRIMARY KEY, name TEXT) STRICT")
                for number in 0..<200 { try Shelf.add("old \(number)", transaction) }
            }
            try before.close()
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let new = try Self.open("\(folder)/new.sqlite", pool)
            try new.write { try $0.define("CREATE TABLE later (id INTEGER PRIMARY KEY, name TEXT) STRICT") }
            let databases = [try Self.open(old, pool), new]

            for database in databases { try database.layOut() }
            try databases[0].write { try Shelf.add("a", $0) }
            let seat = try XCTUnwrap(Self.seat(of: databases[0]))
            try databases[1].write { try Shelf.add("b", $0) }

            XCTAssertTrue(Self.seat(of: databases[1]) === seat)
            XCTAssertNil(Self.seat(of: databases[0]))
            XCTAssertEqual(try databases[0].read(Shelf.names), (0..<200).map { "old \($0)" } + ["a"])
            XCTAssertEqual(try databases[1].read(Shelf.names), ["b"])
            for database in databases { XCTAssertEqual(try database.read { try $0.integrityProblems() }, []) }
        }
    }

    func testAFileThatIsLaidOutIsLeftAsItIsUntilItsTablesChange() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            try Self.open(path, pool).layOut()
            let first = try Data(contentsOf: URL(fileURLWithPath: path))

            let database = try Self.open(path, pool)
            try database.layOut()
            try database.close()
            XCTAssertEqual(try Data(contentsOf: URL(fileURLWithPath: path)), first)

            let changed = try Self.open(path, pool)
            try changed.write { try $0.define("CREATE INDEX item_by_length ON item (length(name))") }
            XCTAssertFalse(try Self.mark(path).isLaidOut)
            try changed.layOut()
            XCTAssertTrue(try Self.mark(path).isLaidOut)
        }
    }

    func testALargeFileStaysAsItIsAndCanBeUsed() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let database = try Self.open(path, pool)
            try database.write { transaction in
                for _ in 0..<9 { try transaction.execute("INSERT INTO thing (value) VALUES (zeroblob(1048576))") }
            }

            try database.layOut()

            XCTAssertFalse(try Self.mark(path).isLaidOut)
            try database.write { try Shelf.add("a", $0) }
            XCTAssertEqual(try database.read(Shelf.names), ["a"])
        }
    }

    func testAFileThatAnotherProgramWritesIsLaidOutAnotherTime() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let database = try Self.open(path, pool)
            let program = try Connection(path: path, mode: .existing)
            try program.script("BEGIN IMMEDIATE; INSERT INTO item (name) VALUES ('program')")

            try database.layOut()
            XCTAssertFalse(try Self.mark(path).isLaidOut)
            try program.script("COMMIT")
            try database.layOut()

            XCTAssertTrue(try Self.mark(path).isLaidOut)
            XCTAssertEqual(try database.read(Shelf.names), ["program"])
        }
    }

    func testWhatWasLeftOpenIsThereAfterwards() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let database = try Self.open(path, pool)
            _ = try database.commit(mayStayOpen: true) { try Shelf.add("a", $0) }

            try database.layOut()

            XCTAssertTrue(try Self.mark(path).isLaidOut)
            XCTAssertEqual(try database.read(Shelf.names), ["a"])
        }
    }

    func testAConnectionThatIsOfNoUseMakesRoomForOneThatIs() throws {
        try withTemporaryDirectory { folder in
            let pool = ConnectionPool(limit: 1, capturing: CapturedShapes())
            let one = try Self.open("\(folder)/one.sqlite", pool)
            let other = try Self.open("\(folder)/other.sqlite", pool)
            try other.write { try $0.define("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT") }
            for database in [one, other] { try database.layOut() }

            for number in 0..<4 {
                for database in [one, other] {
                    try database.write { try Shelf.add("n\(number)", $0) }
                    XCTAssertEqual(pool.count, 1)
                }
            }

            XCTAssertEqual(try one.read(Shelf.names), (0..<4).map { "n\($0)" })
            XCTAssertEqual(try other.read(Shelf.names), (0..<4).map { "n\($0)" })
        }
    }

    private static func open(_ path: String, _ pool: ConnectionPool) throws -> Database {
        try Database(
            path: path, migrations: Applied.migrations + Shelf.migrations, sharing: pool,
            readers: IdleReaders(limit: 2))
    }

    private static func seat(of database: Database) -> Seat? { database.writer.withLock { $0?.seat } }

    private static func mark(_ path: String) throws -> SchemaMark {
        let connection = try Connection(path: path, mode: .existing)
        return try SchemaMark(version: connection.schemaVersion(), of: connection)
    }

    private static func run(_ sql: String, on connection: Connection) throws {
        try connection.rows(text: sql, [], confinedTo: nil, isReading: false) { _ in true }
    }

    /// All rows of all tables, as text.
    private static func content(of schema: RandomSchema, on connection: Connection) throws -> [String] {
        var found: [String] = []
        for table in schema.tables.map(\.name) + ["tally"] {
            try connection.rows(text: "SELECT * FROM \(table)", [], confinedTo: nil, isReading: true) { row in
                found.append((0..<row.count).map { row.text($0) }.joined(separator: "|"))
                return true
            }
        }
        return found
    }

    private static func shuffled(_ statements: [String], _ random: inout SeededGenerator) -> [String] {
        var rest = statements
        var order: [String] = []
        while !rest.isEmpty { order.append(rest.remove(at: random.below(rest.count))) }
        return order
    }
}
