import Foundation
@testable import Hosting
import Registry
import Storage
import TestSupport
import XCTest

final class JournalRecoveryTests: XCTestCase {
    private static let names = ["acme", "globex", "initech"]

    func testWhatWasAnsweredIsThereAlthoughEveryFileHasLostItsLog() throws {
        try withCrash { folder in
            try Street.inFolder(folder) { street in
                XCTAssertEqual(street.host.recovered.replayed, ["acme": 7, "globex": 7, "initech": 7])
                for name in Self.names {
                    XCTAssertEqual(try self.customers(name, street), (1...7).map { "\(name)-\($0)" })
                }
            }

            // Once is enough.
            try Street.inFolder(folder) { street in
                XCTAssertEqual(street.host.recovered, JournalReport())
                XCTAssertEqual(try self.customers("acme", street).count, 7)
            }
        }
    }

    func testNothingIsPutTwiceIntoFilesThatKeptTheirLogs() throws {
        try withCrash(losesLogs: false, isLooked: true) { folder in
            try Street.inFolder(folder) { street in
                XCTAssertEqual(street.host.recovered, JournalReport())
                XCTAssertEqual(try self.customers("globex", street).count, 7)
            }
        }
    }

    func testWhatWasNotYetCommittedIsMadeAgain() throws {
        try withCrash(losesLogs: false) { folder in
            try Street.inFolder(folder) { street in
                // What came within the last second.
                XCTAssertGreaterThan(street.host.recovered.replayed.count, 0)
                for name in Self.names {
                    XCTAssertEqual(try self.customers(name, street), (1...7).map { "\(name)-\($0)" })
                }
            }
        }
    }

    func testAFolderMayBeRenamedBeforeTheNextStart() throws {
        try withCrash { folder in
            try FileManager.default.moveItem(atPath: "\(folder)/acme", toPath: "\(folder)/acme-old")
            try FileManager.default.removeItem(atPath: "\(folder)/globex")

            try Street.inFolder(folder) { street in
                XCTAssertEqual(street.host.recovered.replayed, ["acme-old": 7, "initech": 7])
                XCTAssertEqual(street.host.recovered.missing, ["globex"])
                XCTAssertEqual(try self.customers("acme-old", street).count, 7)
            }
        }
    }

    func testDamageInTheJournalStopsThatTenantUntilSomebodyHasLookedAndNoOther() throws {
        try withCrash { folder in
            try Self.damage("acme-3", in: folder)

            for round in 1...2 {
                try Street.inFolder(folder) { street in
                    let reason = "change 3 is damaged in the journal"
                    XCTAssertEqual(street.host.recovered.stopped, round == 1 ? ["acme": reason] : [:])
                    XCTAssertEqual(try self.customers("acme", street), ["look: \(HostError.stopped(reason))"])
                    XCTAssertEqual(try self.customers("globex", street).count, 7)
                }
            }
            XCTAssertTrue(FileManager.default.fileExists(atPath: "\(folder)/.journal/kept-1"))

            try FileManager.default.removeItem(atPath: "\(folder)/acme/stopped")
            try Street.inFolder(folder) { XCTAssertEqual(try self.customers("acme", $0), [""]) }
        }
    }

    func testAnotherFileInATenantsPlaceIsLeftAlone() throws {
        try withCrash { folder in
            try withTemporaryDirectory { other in
                try Street.inFolder(other) { street in
                    let tenant = try street.create("acme")
                    self.enter("somebody", tenant, street)
                }
                try FileManager.default.removeItem(atPath: "\(folder)/acme")
                try FileManager.default.copyItem(atPath: "\(other)/acme", toPath: "\(folder)/acme")
            }

            try Street.inFolder(folder) { street in
                XCTAssertEqual(street.host.recovered.missing, ["acme"])
                XCTAssertEqual(try self.customers("acme", street), ["somebody"])
            }
        }
    }

    func testWhatIsErasedLeavesTheJournal() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            self.enter("lena", tenant, street)
            XCTAssertTrue(try Self.journal(street.folder).contains("lena"))

            try tenant.writeAndWait { transaction in
                try transaction.execute("UPDATE customer SET name = 'gone', name_key = 'gone'")
                transaction.scrub()
            }

            XCTAssertFalse(try Self.journal(street.folder).contains("lena"))
            XCTAssertEqual(street.customers(of: tenant), ["gone"])
        }
    }

    func testASecondHostOnTheSameDirectoryIsRefused() throws {
        try Street.run { street in
            XCTAssertThrowsError(try Street.inFolder(street.folder) { _ in }) { error in
                XCTAssertEqual("\(error)", "another host works on \(street.folder)/.journal")
            }
        }
    }

    private func withCrash(losesLogs: Bool = true, isLooked: Bool = false, _ body: (String) throws -> Void) throws {
        try Street.cutOff(Self.names, losesLogs: losesLogs, isLooked: isLooked, body)
    }

    private func enter(_ text: String, _ tenant: Tenant, _ street: Street) {
        let answers = Answers()
        street.enter(text, in: tenant, answers)
        XCTAssertEqual(answers.all(), [text])
    }

    private func customers(_ name: String, _ street: Street) throws -> [String] {
        let answers = Answers()
        street.look(at: try street.host.tenant(Street.name(name)), answers)
        let all = answers.all()
        return all[0].hasPrefix("look:") ? all : all[0].components(separatedBy: " ")
    }

    private static func journal(_ folder: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/.journal")
        return try names.filter { $0.hasSuffix(".journal") }.map { name in
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/.journal/\(name)")), as: UTF8.self)
        }.joined()
    }

    private static func damage(_ text: String, in folder: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/.journal")
        let path = "\(folder)/.journal/\(try XCTUnwrap(names.first { $0.hasSuffix(".journal") }))"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let place = try XCTUnwrap(bytes.range(of: Data(text.utf8)))
        bytes[place.lowerBound] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
    }
}
