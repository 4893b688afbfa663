import Foundation
import Registry
import TestSupport
import XCTest

@testable import Hosting
@testable import Storage

/// A disk that fails where somebody looks at a tenant, and commits what was left open for that.
final class UnfinishedFaultTests: XCTestCase {
    private static let stopped = HostError.stopped("sqlite 778: disk I/O error")

    func testWhoeverFinishesTheChangesOfOthersStopsTheTenantWhereItsDiskFails() throws {
        let ways: [(String, @Sendable (Tenant, String) throws -> Void)] = [
            ("finish", { tenant, _ in try tenant.finish() }),
            ("read", { tenant, _ in try tenant.readHere { _ in } }),
            ("read if open", { tenant, _ in _ = try tenant.readIfOpen { _ in } }),
            ("back up", { tenant, _ in _ = try tenant.backUp { _, _ in } }),
            ("copy", { tenant, folder in _ = try tenant.copy(to: try Self.draft(in: folder)) }),
            ("trial", { tenant, _ in try tenant.withTrialCopy({ _, _ in }, { _ in }) }),
        ]
        for (name, way) in ways {
            try withLeftOpen { tenant, folder in
                XCTAssertThrowsError(try way(tenant, folder), name) {
                    XCTAssertEqual($0 as? HostError, Self.stopped, "\(name): \($0)")
                }

                XCTAssertEqual(tenant.halted, Self.stopped, name)
            }
        }
    }

    func testWhoeverKeepsTheLedgerDoesSoTooAlthoughNobodyIsToldOfIt() throws {
        try withLeftOpen { tenant, _ in
            let database = try tenant.lease()
            let answers = Answers()
            answers.expect()

            tenant.keepLedger(7, of: database) { answers.add("over") }

            XCTAssertEqual(answers.all(), ["over"])
            XCTAssertEqual(tenant.halted, Self.stopped)
            tenant.endLease()
        }
    }

    /// Lends a tenant with a change that is left open, whose commit copies the log back into a file that takes no more.
    private func withLeftOpen(_ body: (Tenant, String) throws -> Void) throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            enter("ann", in: tenant, street)
            try tenant.finish()
            // The next commit begins the log anew.
            try tenant.copyLogBack()
            let database = try tenant.lease()
            try database.withWriter { $0.log.setLimit(1) }
            tenant.endLease()
            enter("bo", in: tenant, street)
            XCTAssertTrue(database.isUnfinished)

            try withFilesLimited(to: 100 << 10) { try body(tenant, street.folder) }
        }
    }

    private func enter(_ text: String, in tenant: Tenant, _ street: Street) {
        let answers = Answers()
        street.enter(text, in: tenant, answers)
        XCTAssertEqual(answers.all(), [text])
    }

    /// No file of this process gets anything at a place beyond so many bytes.
    private func withFilesLimited(to bytes: rlim_t, _ body: () throws -> Void) throws {
        let former = signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit()
        XCTAssertEqual(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit), 0)
        var lower = limit
        lower.rlim_cur = bytes
        XCTAssertEqual(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &lower), 0)
        defer {
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            signal(SIGXFSZ, former)
        }
        try body()
    }

    private static func draft(in folder: String) throws -> TenantFolder {
        let draft = TenantFolder("copied", of: try Street.name("acme"), in: folder)
        try draft.create()
        return draft
    }
}
