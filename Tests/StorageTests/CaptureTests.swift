import Foundation
import TestSupport
@testable import Storage
import XCTest

final class CaptureTests: XCTestCase {
    private struct Refused: Error {}

    private struct Job {
        let isKept: Bool
        let endsEarly: Bool
        let changes: [(sql: String, values: [Value])]
    }

    func testWhatIsCapturedMakesACopyTheSame() throws {
        for seed in 1...30 as ClosedRange<UInt64> {
            try withTemporaryDirectory { folder in
                var random = SeededGenerator(seed: seed)
                let schema = RandomSchema(&random)
                let (path, copy) = ("\(folder)/a.sqlite", "\(folder)/b.sqlite")
                try CapturedFile.open(path).write { transaction in
                    for sql in schema.tables.map(\.sql) + schema.others {
                        try transaction.execute(composed: sql, [])
                    }
                }
                try FileManager.default.copyItem(atPath: path, toPath: copy)

                var changes: [(seq: Int64, bytes: [UInt8])] = []
                let database = try CapturedFile.open(path)
                for _ in 0..<60 {
                    guard let commit = try Self.commit(schema, to: database, &random) else { continue }
                    switch commit {
                    case .captured(let seq, let bytes): changes.append((seq, bytes))
                    case .unchanged: break
                    case .synced:
                        // What a statement with OR FAIL leaves is not taken down: the copy is made anew.
                        changes = []
                        try CapturedFile.back(up: path, to: copy)
                    case .postponed, .unsynced: XCTFail("nothing was big")
                    }
                }

                let replay = try Replay(path: copy)
                try replay.apply(Array(changes.prefix(changes.count / 2)))
                try replay.apply(changes)
                XCTAssertEqual(try CapturedFile.rows(copy), try CapturedFile.rows(path), "seed \(seed)")
                XCTAssertEqual(replay.position, try database.read { try $0.applied() })
            }
        }
    }

    func testFilesThatShareTheirTablesShapesAreCapturedAlikeAndOthersByTheirOwn() throws {
        try withTemporaryDirectory { folder in
            let shapes = CapturedShapes { !$0.contains(TablePrefix.separator) }
            func commit(to file: String, own sql: String) throws -> [UInt8] {
                let database = try Database(
                    path: "\(folder)/\(file)", migrations: Applied.migrations, capturing: shapes)
                try database.write { transaction in
                    try transaction.execute(composed: "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)", [])
                    try transaction.execute(composed: sql, [])
                }
                let commit = try database.commit { transaction in
                    try transaction.execute("INSERT INTO item VALUES (7, 'a')")
                    try transaction.execute("INSERT INTO own__item VALUES (1, 2)")
                }.commit
                guard case .captured(_, let bytes) = commit else { return [] }
                return bytes
            }

            let first = try commit(to: "a", own: "CREATE TABLE own__item (id INTEGER PRIMARY KEY, place INTEGER)")
            let second = try commit(to: "b", own: "CREATE TABLE own__item (place INTEGER, id INTEGER PRIMARY KEY)")

            XCTAssertFalse(first.isEmpty)
            XCTAssertEqual(first.prefix(20), second.prefix(20))
            XCTAssertNotEqual(first, second)
        }
    }

    func testATransactionThatChangesNothingIsNotNumbered() throws {
        try CapturedFile.withShelf { database, _ in
            XCTAssertEqual(try database.commit { _ in }.commit, .unchanged)
            XCTAssertEqual(
                try database.commit { try $0.execute("UPDATE item SET name = 'b' WHERE id = 7") }.commit, .unchanged)
            XCTAssertEqual(
                try database.commit { transaction in
                    try transaction.savepoint(isKept: false) { try Shelf.add("a", transaction) }
                }.commit, .unchanged)
            XCTAssertEqual(try database.read { try $0.applied()?.seq }, 0)
        }
    }

    func testARefusedTransactionLeavesItsNumberToTheNext() throws {
        try CapturedFile.withShelf { database, _ in
            XCTAssertThrowsError(
                try database.commit { transaction in
                    try Shelf.add("a", transaction)
                    throw Refused()
                })

            let commit = try database.commit { try Shelf.add("b", $0) }.commit

            guard case .captured(1, let changes) = commit else { return XCTFail("\(commit)") }
            XCTAssertFalse(changes.isEmpty)
        }
    }

    func testAChangeOfTheSchemaIsSyncedInsteadHoweverItCameAbout() throws {
        try CapturedFile.withShelf { database, _ in
            for (number, sql) in [
                "CREATE INDEX item_by_name ON item (name, id)", "ALTER TABLE thing ADD COLUMN more TEXT",
                "PRAGMA user_version = 3", "REINDEX", "ANALYZE", "DROP INDEX item_by_name",
            ].enumerated() {
                let commit = try database.commit { try $0.execute(composed: sql, []) }.commit
                XCTAssertEqual(commit, .synced(seq: Int64(number) + 1, isScrubbed: false), sql)
            }
            let drop: StaticString = "DROP INDEX IF EXISTS item_by_id"
            try database.write { try $0.execute("CREATE INDEX item_by_id ON item (id)") }
            XCTAssertThrowsError(
                try database.commit { transaction in
                    try transaction.execute(drop)
                    throw Refused()
                })

            let again = try database.commit { try $0.execute(drop) }.commit

            XCTAssertEqual(again, .synced(seq: 8, isScrubbed: false))
            guard case .captured = try database.commit({ try Shelf.add("a", $0) }).commit else {
                return XCTFail("rows are told again")
            }
        }
    }

    func testATableWithoutAKeyAndABigTransactionAreSyncedInstead() throws {
        try CapturedFile.withShelf { database, _ in
            try database.write { transaction in
                try transaction.execute("CREATE TABLE loose (value TEXT) STRICT")
                try transaction.execute("CREATE TABLE sum (id INTEGER PRIMARY KEY, twice AS (id * 2))")
            }

            XCTAssertEqual(
                try database.commit { try $0.execute("INSERT INTO loose VALUES ('a')") }.commit,
                .synced(seq: 2, isScrubbed: false))
            XCTAssertEqual(
                try database.commit { try $0.execute("INSERT INTO sum VALUES (1)") }.commit,
                .synced(seq: 3, isScrubbed: false))
            XCTAssertEqual(
                try database.commit { transaction in
                    for _ in 0..<5 { try transaction.execute("INSERT INTO thing (value) VALUES (zeroblob(1048576))") }
                }.commit, .synced(seq: 4, isScrubbed: false))
        }
    }

    func testAfterAStepOfSomethingBigCommitsAreToBeSyncedUntilOneIs() throws {
        try CapturedFile.withShelf { database, _ in
            XCTAssertEqual(try database.commit(isBulk: true) { try Shelf.add("a", $0) }.commit, .postponed)
            XCTAssertEqual(try database.read { try $0.applied()?.seq }, 0)

            let first = try database.commit { try Shelf.add("b", $0) }.commit
            XCTAssertEqual(first, .unsynced(seq: 1, mark: 2))
            let second = try database.commit { try Shelf.add("d", $0) }.commit
            XCTAssertEqual(second, .unsynced(seq: 2, mark: 3))
            // What came behind it is not on the disk with it.
            try database.sync(first)
            let third = try database.commit { try Shelf.add("e", $0) }.commit
            XCTAssertEqual(third, .unsynced(seq: 3, mark: 4))
            try database.sync(third)
            try database.sync(second)

            guard case .captured(4, _) = try database.commit({ try Shelf.add("c", $0) }).commit else {
                return XCTFail("it is over")
            }
        }
    }

    func testAnErasureIsSyncedAndTold() throws {
        try CapturedFile.withShelf { database, _ in
            XCTAssertEqual(
                try database.commit { transaction in
                    try Shelf.add("a", transaction)
                    transaction.scrub()
                }.commit, .synced(seq: 1, isScrubbed: true))
        }
    }

    /// Some changes in one transaction, in savepoints or not, some of them refused; nil when all are.
    private static func commit(
        _ schema: RandomSchema, to database: Database, _ random: inout SeededGenerator
    ) throws -> Commit? {
        let jobs = (0..<1 + random.below(5)).map { _ in
            Job(
                isKept: random.below(5) > 0, endsEarly: random.below(4) == 0,
                changes: (0..<1 + random.below(4)).map { _ in schema.change(&random) })
        }
        let isRefused = random.below(10) == 0
        do {
            return try database.commit { transaction in
                for job in jobs {
                    // A refused statement is undone alone; the job goes on, or ends.
                    try? transaction.savepoint(isKept: job.isKept) {
                        for change in job.changes {
                            do {
                                try transaction.execute(composed: change.sql, change.values)
                            } catch  where !job.endsEarly {}
                        }
                    }
                }
                if isRefused { throw Refused() }
            }.commit
        } catch is Refused {
            return nil
        }
    }
}
