import Foundation
import Registry
import Synchronization
import TestSupport
import XCTest

@testable import Hosting

/// What cannot be looked at, for want of descriptors or since the disk fails, is not taken for what is not there.
final class AbsenceTests: XCTestCase {
    private static let loop = HostError.unreachable("Too many levels of symbolic links")

    func testATenantWhoseConfigurationCannotBeOpenedForWantOfDescriptorsIsThereStill() throws {
        try Street.run { street in
            let name = try street.create("acme").name
            street.host.tenants.withLock { $0[name] = nil }
            let descriptors = Descriptors()
            defer { descriptors.giveBack() }
            try descriptors.takeAll()

            assertThrows(HostError.tooManyFiles) { try street.host.tenant(name) }
            assertThrows(HostError.tooManyFiles) { try street.host.tenantNames(after: "", limit: 10) }
            assertThrows(HostError.tooManyFiles) { try street.host.archivedConfiguration(name) }

            descriptors.giveBack()
            XCTAssertEqual(try street.host.tenant(name).name, name)
        }
    }

    func testTenantsThatRestGiveTheirDescriptorsForAConfiguration() throws {
        try Street.run(threads: 1) { street in
            let name = try street.create("acme").name
            street.host.tenants.withLock { $0[name] = nil }
            let globex = try street.create("globex")
            let answers = Answers()
            street.enter("ann", in: globex, answers)
            _ = answers.all()
            while globex.isDraining || globex.state.withLock({ $0.leases > 0 }) { usleep(1_000) }
            let descriptors = Descriptors()
            defer { descriptors.giveBack() }
            try descriptors.takeAll()

            XCTAssertEqual(try street.host.tenant(name).name, name)
            XCTAssertFalse(globex.isOpen)
        }
    }

    func testAConfigurationThatCannotBeReadIsNotAMissingTenant() throws {
        try Street.run { street in
            let name = try street.create("acme").name
            street.host.tenants.withLock { $0[name] = nil }
            let file = "\(street.folder)/acme/tenant.json"
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)

            assertThrows(HostError.unreadableConfiguration("Is a directory")) { try street.host.tenant(name) }
        }
    }

    func testNoTenantIsMadeWhereNobodyCanTellWhetherThereIsOne() throws {
        try Street.run { street in
            let name = try Street.name("acme")
            try Self.makeLoop("\(street.folder)/acme")

            assertThrows(Self.loop) { try street.create("acme") }
            assertThrows(Self.loop) { try street.host.tenant(name) }
            assertThrows(Self.loop) { try street.host.isStopped(name) }
            assertThrows(Self.loop) { try street.host.backups(of: name) }
            XCTAssertEqual(try street.host.tenantNames(after: "", limit: 10), [name])
        }
    }

    func testATenantThatIsStoppedStaysStoppedWhereNobodyCanReadWhy() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            try FileManager.default.createDirectory(
                atPath: "\(street.folder)/acme/stopped", withIntermediateDirectories: false)
            let answers = Answers()

            street.enter("ann", in: tenant, answers)

            XCTAssertEqual(answers.all(), ["ann: \(HostError.unreachable("Is a directory"))"])
            XCTAssertFalse(tenant.isOpen)
        }
    }

    func testAnOpenTenantWhoseFileCannotBeLookedAtSaysSoAndGoesOnAfterwards() throws {
        try Street.run(threads: 1) { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            street.enter("ann", in: tenant, answers)
            _ = answers.all()
            let (folder, aside) = ("\(street.folder)/acme", "\(street.folder)/.aside")
            try FileManager.default.moveItem(atPath: folder, toPath: aside)
            try Self.makeLoop(folder)

            let others = Answers()
            street.enter("bo", in: tenant, others)
            XCTAssertEqual(others.all(), ["bo: \(Self.loop)"])

            try FileManager.default.removeItem(atPath: folder)
            try FileManager.default.moveItem(atPath: aside, toPath: folder)
            XCTAssertEqual(street.customers(of: tenant), ["ann"])
        }
    }

    func testALedgerThatCannotBeLookedAtIsNotAnEmptyOne() throws {
        try withTemporaryDirectory { folder in
            try Self.makeLoop("\(folder)/ledger")
            let file = LedgerFile("\(folder)/ledger")

            assertThrows(Self.loop) { try file.version() }
            assertThrows(Self.loop) { try file.ledger() }
            assertThrows(Self.loop) { try file.keep(1) { _ in .addition([]) } }
        }
    }

    func testBackupsThatCannotBeLookedAtAreNotDeletedForNone() throws {
        try Street.run { street in
            let name = try street.create("acme").name
            try street.host.archive(name)
            let folder = "\(street.folder)/.archive/acme"
            try Self.makeLoop("\(folder)/backup")

            assertThrows(Self.loop) { try street.host.delete(name, isForced: false, keepsBackups: true) }

            XCTAssertTrue(FileManager.default.fileExists(atPath: "\(folder)/registry.sqlite"))
        }
    }

    func testMarksThatCannotBeLookedAtMeanThatMailOfEveryTenantMayWait() throws {
        try Street.run { street in
            for name in ["acme", "globex"] { _ = try street.create(name) }
            XCTAssertEqual(street.host.tenantsWithMail, 0)
            try Self.makeLoop(street.host.mailMarks)

            XCTAssertEqual(street.host.tenantsWithMail, 2)
        }
    }

    /// Something of which no call can tell what it is.
    private static func makeLoop(_ path: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
    }
}
