import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class JournalReplayTests: XCTestCase {
    /// Verbs whose changes the file has at once, and those that end something.
    private static let others: Set = ["drain", "batch", "commit", "cancel", "use", "auth"]

    func testTheJournalBringsBackWhatEveryVerbHasDoneToTheRow() throws {
        try withTemporaryDirectory { directory in
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create name=acme")
            XCTAssertEqual(daemon.stop(), .exited(0))
            daemon = try RunningDaemon(in: directory)
            let connection = try daemon.connect(to: "acme")
            for line in VerbExamples.preparation { try connection.ok(line) }
            var count = 0
            for (verb, lines) in VerbExamples.lines.sorted(by: { $0.key < $1.key }) where Self.isCaptured(verb) {
                for line in lines where !line.contains("{token}") && !line.contains("{made}") {
                    // Some need what another example would have made; to be refused leaves nothing.
                    if try connection.ask(line).error == nil { count += 1 }
                }
            }
            for number in 0..<20 {
                try connection.ok(
                    "customer.create name=Kim-\(number) email=kim-\(number)@example.org phone=030-\(number)")
            }
            daemon.kill()
            XCTAssertGreaterThan(count, 60)

            let folder = "\(daemon.tenants)/acme"
            try FileManager.default.copyItem(atPath: folder, toPath: "\(directory)/acme")
            for end in ["-wal", "-shm"] {
                try FileManager.default.removeItem(atPath: "\(folder)/registry.sqlite\(end)")
            }
            let before = try Self.rows(folder)
            daemon = try RunningDaemon(in: directory)
            XCTAssertEqual(daemon.stop(), .exited(0))

            let expected = try Self.rows("\(directory)/acme")
            let found = try Self.rows(folder)
            XCTAssertEqual(found.keys.sorted(), expected.keys.sorted())
            for (table, rows) in expected { XCTAssertEqual(found[table], rows, table) }
            XCTAssertNotEqual(found["customer"], before["customer"])
            XCTAssertFalse(daemon.log.contains("is stopped"), daemon.log)
        }
    }

    private static func isCaptured(_ verb: String) -> Bool {
        let isSynced = ["erase", "sweep", "import", "upload"].contains { verb.contains($0) }
        let isElsewhere = ["tenant.", "channel.", "plugin."].contains { verb.hasPrefix($0) }
        return !isSynced && !isElsewhere && !others.contains(verb)
    }

    private static func rows(_ folder: String) throws -> [String: [String]] {
        try TableDump(path: "\(folder)/registry.sqlite") { _ in true }.rows.mapValues { $0.sorted() }
    }
}
