import ControlClient
import CSQLite
import Foundation
import Registry
import StrictJSON
import TestSupport
import XCTest

final class MigrationSweepTests: XCTestCase {
    private struct Failure: Error {
        let message: String
    }

    func testOldFilesAreBroughtUpToDateInTheBackground() throws {
        try withOldTenants(["a", "b", "c"]) { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            let connection = try daemon.connect()
            try Self.waitForTheEnd(connection)
            XCTAssertEqual(try connection.ok("stats").number("migrations_left"), 0)
            XCTAssertEqual(try connection.ok("stats").number("migrations_failed"), 0)
            XCTAssertEqual(try connection.ok("stats").number("open_tenants"), 0)
            XCTAssertEqual(daemon.stop(), .exited(0))

            let steps = try ["a", "b", "c"].map { name in
                try TableDump(path: "\(daemon.tenants)/\(name)/registry.sqlite") { $0 == "name" }.rows["migration"]?
                    .count
            }
            XCTAssertEqual(steps, Array(repeating: RegistrySchema.migrations.count, count: 3))
            XCTAssertTrue(FileManager.default.fileExists(atPath: "\(daemon.tenants)/.schema"))
        }
    }

    func testAFileOfANewerProgramIsCountedAndLeftAlone() throws {
        try withOldTenants(["a", "b"]) { directory in
            let registry = "\(directory)/tenants/a/registry.sqlite"
            try Self.run("INSERT INTO migration (name) VALUES ('loyalty 1: points')", on: registry)
            let before = FileManager.default.contents(atPath: registry)
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            let connection = try daemon.connect()

            try Self.waitForTheEnd(connection)

            XCTAssertEqual(try connection.ok("stats").number("migrations_failed"), 1)
            XCTAssertEqual(FileManager.default.contents(atPath: registry), before)
            XCTAssertEqual(try connection.refusal("@a customer.list"), "423 newer-file")
            XCTAssertEqual(try connection.rows("@b customer.list").count, 4)
            XCTAssertFalse(FileManager.default.fileExists(atPath: "\(daemon.tenants)/.schema"))
        }
    }

    /// Asks until no tenant is left, 20 s at most.
    private static func waitForTheEnd(_ connection: ControlConnection) throws {
        for _ in 0..<10_000 {
            if try connection.ok("stats")["migrations_over"]?.boolValue == true { return }
            usleep(2_000)
        }
        XCTFail("the sweep does not end")
    }

    /// A folder with tenants of the first release, which no daemon has seen yet.
    private func withOldTenants(_ names: [String], _ body: (String) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Fixtures")
            let sql = try String(contentsOf: fixtures.appendingPathComponent("first-schema.sql"), encoding: .utf8)
            let configuration =
                #"{"title":"A","currency":"EUR","country":"DE","locale":"de","time_zone":"Europe/Berlin"}"#
            for name in names {
                let folder = "\(directory)/tenants/\(name)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Self.run(
                    "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL;" + sql, on: "\(folder)/registry.sqlite")
                try Data(configuration.utf8).write(to: URL(fileURLWithPath: "\(folder)/tenant.json"))
            }
            try body(directory)
        }
    }

    private static func run(_ sql: String, on path: String) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close(handle) }
        guard sqlite3_open(path, &handle) == SQLITE_OK, sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failure(message: String(cString: sqlite3_errmsg(handle)))
        }
    }
}
