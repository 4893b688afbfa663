import ChannelKit
import Foundation
import Hosting
import Registry
import Storage
import Synchronization
import TestSupport
import XCTest

final class ClockTests: XCTestCase {
    /// A clock that a test sets.
    private final class Clock: Sendable {
        private let seconds = Mutex<Int64>(1_790_000_000)

        var now: Instant { Instant(seconds: seconds.withLock(\.self)) }

        func jump(_ seconds: Int64) { self.seconds.withLock { $0 += seconds } }
    }

    func testAClockThatJumpsBackAndForwardLosesNoChangeAndNoBackup() throws {
        try withTemporaryDirectory { folder in
            let clock = Clock()
            let host = try Hosting.Host(
                directory: folder, channels: ChannelCatalog([CompiledSource(Kiosk.self)]), threads: 2,
                now: { clock.now })
            defer { host.close() }
            var configuration = Street.configuration
            configuration.settings["backup.keep"] = "2"
            let tenant = try host.create(Street.name("acme"), configuration)
            let street = Street(host: host, folder: folder)
            var made: [BackupName] = []

            for (jump, customer) in [(0, "a"), (86_400 * 365, "b"), (-86_400 * 700, "c"), (3_600, "d")] {
                clock.jump(Int64(jump))
                let answers = Answers()
                street.enter(customer, in: tenant, answers)
                XCTAssertEqual(answers.all(), [customer])
                made.append(try tenant.backUp { _, _ in }.backup.name)
            }

            XCTAssertEqual(street.customers(of: tenant), ["a", "b", "c", "d"])
            XCTAssertEqual(made, made.sorted())
            XCTAssertEqual(try tenant.backups().map(\.name), Array(made.suffix(2)))
            XCTAssertEqual(try tenant.backups().map { $0.manifest.counts["customer"] }, [3, 4])
            let problems = try tenant.readHere { transaction in
                try TenantCheck.all(transaction, tenant.profile, isQuick: false).filter { !$0.problems.isEmpty }
                    .map(\.check.rawValue)
            }
            XCTAssertEqual(problems, [])
            XCTAssertNoThrow(try host.restore(tenant.name, from: made[2]) { _, _ in })
            XCTAssertEqual(try street.customers(of: host.tenant(tenant.name)), ["a", "b", "c"])
        }
    }
}
