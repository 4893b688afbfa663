import Foundation
import TestSupport
@testable import Storage
import XCTest

/// Changes that are put into a file again.
final class ReplayTests: XCTestCase {
    private struct NotCaptured: Error {}

    func testChangesThatDoNotFitAreRefusedAndNothingOfThemStays() throws {
        try CapturedFile.withShelf { database, path in
            let copy = path + ".copy"
            try CapturedFile.back(up: path, to: copy)
            let changes = try ["a", "b", "c"].map { name in
                let commit = try database.commit { try Shelf.add(name, $0) }.commit
                guard case .captured(let seq, let bytes) = commit else { throw NotCaptured() }
                return (seq: seq, bytes: bytes)
            }
            let replay = try Replay(path: copy)

            assertThrows(Replay.Misfit.gap(after: 1, next: 3)) { try replay.apply([changes[0], changes[2]]) }
            let wrong = [changes[0], (seq: 2, bytes: changes[0].bytes)]
            assertThrows(Replay.Misfit.conflict(table: "item", seq: 2)) { try replay.apply(wrong) }
            XCTAssertEqual(try CapturedFile.rows(copy)["item"], [])
            try replay.apply(changes)
            XCTAssertEqual(try CapturedFile.rows(copy), try CapturedFile.rows(path))

            for sql in ["ALTER TABLE item ADD COLUMN more TEXT", "DROP TABLE item"] {
                try CapturedFile.back(up: path, to: copy)
                try CapturedFile.open(copy, Shelf.migrations).write { transaction in
                    try transaction.execute("PRAGMA defer_foreign_keys = ON")
                    try transaction.execute(composed: sql, [])
                }
                let misfit = try Replay(path: copy)
                let next = (seq: misfit.position.seq + 1, bytes: changes[0].bytes)
                assertThrows(Replay.Misfit.shape(table: "item", seq: next.seq)) { try misfit.apply([next]) }
            }
        }
    }

    func testAChangeThatNamesHowFarTheFileIsAsThoseOfFormerReleasesDoIsMadeAgainToo() throws {
        try CapturedFile.withShelf { database, path in
            let copy = path + ".copy"
            _ = try database.commit { try Shelf.add("a", $0) }
            try CapturedFile.back(up: path, to: copy)
            let commit = try database.commit { transaction in
                try Shelf.add("b", transaction)
                try transaction.execute("UPDATE applied SET seq = 7")
            }.commit
            guard case .captured(8, let bytes) = commit else { throw NotCaptured() }

            let replay = try Replay(path: copy)
            try replay.apply([(seq: 2, bytes: bytes)])

            XCTAssertEqual(replay.position.seq, 2)
            XCTAssertEqual(try Replay(path: copy).position, replay.position)
            XCTAssertEqual(try CapturedFile.rows(copy)["item"], try CapturedFile.rows(path)["item"])
        }
    }

    func testOneConnectionGoesThroughManyFilesAsTheyWereWhenTheProgramEnded() throws {
        try withTemporaryDirectory { folder in
            let pool = ConnectionPool(limit: 1, capturing: nil)
            var version: Int64 = 0
            for number in 0..<6 {
                let path = "\(folder)/\(number).sqlite"
                try CapturedFile.open(path, Shelf.migrations).close()
                let database = try CapturedFile.open(path, Shelf.migrations)
                // Of another schema, which the connection before does not know.
                if number == 3 {
                    try database.write { try $0.execute("ALTER TABLE item ADD COLUMN more TEXT") }
                }
                _ = try database.commit { try Shelf.add("\(number) before", $0) }
                try CapturedFile.back(up: path, to: path + ".copy")
                let changes = try ["a", "b"].map { name in
                    let commit = try database.commit { try Shelf.add("\(number) \(name)", $0) }.commit
                    guard case .captured(let seq, let bytes) = commit else { throw NotCaptured() }
                    return (seq: seq, bytes: bytes)
                }

                // Two at once need a connection each; one of them is one too many then.
                let other = number == 4 ? try Replay(path: "\(folder)/0.sqlite.copy", sharing: pool) : nil
                var replay: Replay? = try Replay(path: path + ".copy", sharing: pool)
                XCTAssertEqual(replay?.position.seq, changes[0].seq - 1)
                assertThrows(Replay.Misfit.gap(after: changes[0].seq - 1, next: changes[1].seq)) {
                    try replay?.apply([changes[1]])
                }
                try replay?.apply(changes)
                replay = nil
                withExtendedLifetime(other) {}

                XCTAssertEqual(try CapturedFile.rows(path + ".copy"), try CapturedFile.rows(path))
                if number == 2 { version = try XCTUnwrap(DatabaseFiles(path: path)).schemaVersion }
            }
            XCTAssertNotNil(pool.take(for: version, lastUse: 0).seat)
        }
    }

    func testAFileThatWasNeverCapturedIsNotReplayedInto() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            _ = try Database(path: path, migrations: Shelf.migrations)

            assertThrows(Replay.Misfit.notCaptured) { try Replay(path: path) }
            XCTAssertThrowsError(try Replay(path: path + "x")) {
                XCTAssertEqual(($0 as? StorageError)?.message, "unable to open database file")
            }
            let pool = ConnectionPool(limit: 1, capturing: nil)
            assertThrows(Replay.Misfit.notCaptured) { try Replay(path: path, sharing: pool) }
            XCTAssertThrowsError(try Replay(path: path + "x", sharing: pool)) {
                XCTAssertEqual(($0 as? StorageError)?.message, "unable to open database file")
            }
        }
    }
}
