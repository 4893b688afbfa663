import ChannelKit
import Foundation
@testable import Hosting
import Registry
import TestSupport
import XCTest

/// A tenant that has to be stopped, and whose folder cannot be told.
final class StopNotesTests: XCTestCase {
    private static let loop = HostError.unreachable("Too many levels of symbolic links")
    private static let stopped = HostError.stopped(loop.description)
    private static let all = (1...7).map { "acme-\($0)" }

    func testAStartWithChangesOfATenantThatCannotBeReachedStopsThatTenantAndServesTheOthers() throws {
        try Street.cutOff(["acme", "globex"]) { folder in
            try Street.withoutReaching("\(folder)/acme") {
                for round in 1...2 {
                    try Street.inFolder(folder) { street in
                        XCTAssertEqual(
                            street.host.recovered.stopped, round == 1 ? ["acme": Self.loop.description] : [:])
                        XCTAssertEqual(street.customers(of: try self.tenant("globex", street)).count, 7)
                        assertThrows(Self.stopped) { try self.tenant("acme", street) }
                        XCTAssertTrue(try street.host.isStopped(Street.name("acme")))
                        assertThrows(Self.loop) { try street.host.repair(Street.name("acme")) }
                        assertThrows(Self.stopped) { try self.tenant("acme", street) }
                    }
                }
            }

            // It is told in its folder from now on.
            for _ in 1...2 {
                try Street.inFolder(folder) { street in
                    XCTAssertEqual(try self.look("acme", street), ["look: \(Self.stopped)"])
                    XCTAssertTrue(FileManager.default.fileExists(atPath: "\(folder)/acme/stopped"))
                    XCTAssertEqual(try self.notes(folder), [])
                }
            }
            try Street.inFolder(folder) { street in
                try street.host.repair(Street.name("acme"))

                XCTAssertEqual(street.customers(of: try self.tenant("acme", street)), Self.all)
                XCTAssertEqual(try street.host.keptChanges(), [:])
            }
        }
    }

    func testATenantThatCanBeReachedAgainStaysStoppedUntilItIsResumed() throws {
        try Street.cutOff(["acme"]) { folder in
            var left: Street?
            try Street.withoutReaching("\(folder)/acme") { left = try self.street(folder) }
            let street = try XCTUnwrap(left)
            defer { street.host.close() }
            XCTAssertEqual(try self.look("acme", street), ["look: \(Self.stopped)"])

            try street.host.repair(Street.name("acme"))

            XCTAssertEqual(street.customers(of: try self.tenant("acme", street)), Self.all)
            XCTAssertEqual(try self.notes(folder), [])
        }
    }

    func testATenantThatCouldNotBeReachedIsStoppedWhereverItsFolderIsFound() throws {
        try Street.cutOff(["acme", "globex"]) { folder in
            try Street.withoutReaching("\(folder)/acme") { try Street.inFolder(folder) { _ in } }
            try FileManager.default.moveItem(atPath: "\(folder)/acme", toPath: "\(folder)/acme-old")

            try Street.inFolder(folder) { street in
                XCTAssertEqual(try self.look("acme-old", street), ["look: \(Self.stopped)"])

                try street.host.repair(Street.name("acme-old"))

                XCTAssertEqual(street.customers(of: try self.tenant("acme-old", street)), Self.all)
            }
        }
    }

    func testATenantWithoutChangesThatCannotBeReachedStopsNoStart() throws {
        try Street.cutOff(["acme"]) { folder in
            try Street.inFolder(folder) { _ = try $0.create("globex") }
            // As after a crash: what the journal has does not say that all is well.
            for segment in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/.journal")
            where segment.hasSuffix(".journal") {
                try FileManager.default.removeItem(atPath: "\(folder)/.journal/\(segment)")
            }

            try Street.withoutReaching("\(folder)/globex") {
                try Street.inFolder(folder) { street in
                    XCTAssertEqual(street.host.recovered.stopped, ["globex": Self.loop.description])
                    XCTAssertEqual(street.customers(of: try self.tenant("acme", street)), Self.all)
                }
            }
        }
    }

    func testATenantThatWasStoppedWhileItsFolderCouldNotBeWrittenToStaysSoAfterARestart() throws {
        try withTemporaryDirectory { folder in
            try Street.inFolder(folder) { street in
                let tenant = try street.create("acme")
                let answers = Answers()
                street.enter("ann", in: tenant, answers)
                XCTAssertEqual(answers.all(), ["ann"])
                try Street.withoutReaching("\(folder)/acme") { tenant.halt("the disk") }
            }

            try Street.inFolder(folder) { street in
                XCTAssertEqual(try self.look("acme", street), ["look: \(HostError.stopped("the disk"))"])

                try street.host.repair(Street.name("acme"))

                XCTAssertEqual(street.customers(of: try self.tenant("acme", street)), ["ann"])
            }
        }
    }

    private func street(_ folder: String) throws -> Street {
        Street(
            host: try Hosting.Host(
                directory: folder, channels: ChannelCatalog([CompiledSource(Kiosk.self)]),
                now: { Instant(seconds: 1_790_000_000) }),
            folder: folder)
    }

    private func tenant(_ name: String, _ street: Street) throws -> Tenant {
        try street.host.tenant(Street.name(name))
    }

    private func look(_ name: String, _ street: Street) throws -> [String] {
        let answers = Answers()
        street.look(at: try tenant(name, street), answers)
        return answers.all()
    }

    private func notes(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/.journal/stopped")
    }
}
