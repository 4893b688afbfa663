import Registry
import Storage
import Synchronization
import TestSupport
import XCTest

@testable import Hosting

final class TenantQuotaTests: XCTestCase {
    /// Nanoseconds that only a test lets pass.
    private final class Time: Sendable {
        let now = Mutex<Int64>(0)
    }

    private func run(_ body: (Street, Time) throws -> Void) throws {
        let time = Time()
        try withTemporaryDirectory { folder in
            try Street.inFolder(folder, uptime: { time.now.withLock { $0 } }) { try body($0, time) }
        }
    }

    private func limited(_ settings: [String: String]) -> TenantConfiguration {
        var configuration = Street.configuration
        configuration.settings = settings
        return configuration
    }

    func testATenantThatAsksTooOftenIsToldWhenToTryAgainAndNobodyElseIs() throws {
        try run { street, time in
            let busy = try street.create("busy", limited(["limit.requests": "2", "limit.burst": "4"]))
            let quiet = try street.create("quiet", limited(["limit.requests": "2", "limit.burst": "4"]))

            try busy.admit(requests: 4)

            assertThrows(LimitError.requests(limit: 2, retryAfter: 1)) { try busy.admit(requests: 1) }
            assertThrows(LimitError.requests(limit: 2, retryAfter: 2)) { try busy.admit(requests: 3) }
            try quiet.admit(requests: 4)
            time.now.withLock { $0 += 500_000_000 }
            try busy.admit(requests: 1)
            assertThrows(LimitError.requests(limit: 2, retryAfter: 1)) { try busy.admit(requests: 1) }
        }
    }

    func testAChangedLimitHoldsAtOnce() throws {
        try run { street, _ in
            let tenant = try street.create("acme", limited(["limit.requests": "1", "limit.burst": "1"]))
            try tenant.admit(requests: 1)
            assertThrows(LimitError.requests(limit: 1, retryAfter: 1)) { try tenant.admit(requests: 1) }

            try street.host.configure(tenant) { $0.settings["limit.requests"] = "0" }

            for _ in 0..<100 { try tenant.admit(requests: 1_000) }
        }
    }

    func testAFileThatTakesAllItMayTakeDoesNotGrowUntilTheLimitIsRaised() throws {
        try run { street, _ in
            let tenant = try street.create("acme")
            let answers = Answers()
            street.enter("Ann", in: tenant, answers)
            _ = answers.all()
            try tenant.admitGrowth()
            let size = tenant.bytes
            XCTAssertTrue((100_000..<3_000_000).contains(size), "\(size)")

            try street.host.configure(tenant) { $0.settings["limit.bytes"] = "\(size)" }

            assertThrows(LimitError.bytes(limit: size)) { try tenant.admitGrowth() }
            try street.host.configure(tenant) { $0.settings["limit.bytes"] = "\(size * 2)" }
            try tenant.admitGrowth()
        }
    }

    func testAFileIsLookedAtBeforeItCanHaveTakenWhatItMayTake() throws {
        let time = Time()
        let looks = Mutex(0)
        let quota = TenantQuota(uptime: { time.now.withLock { $0 } }) {
            looks.withLock { $0 += 1 }
            return 1_000_000
        }
        func looksAfter(_ milliseconds: Int64) -> Int {
            time.now.withLock { $0 += milliseconds * 1_000_000 }
            looks.withLock { $0 = 0 }
            quota.noteChange { 0 }
            return looks.withLock { $0 }
        }

        // Without a limit, too, it is told how big the file is.
        XCTAssertEqual([0, 999, 1].map(looksAfter), [1, 0, 1])
        var limits = Limits()
        limits.bytes = 10_000_000
        quota.adopt(limits)
        XCTAssertEqual([49, 1, 49, 1].map(looksAfter), [0, 1, 0, 1])
        limits.bytes = 1_999_999
        quota.adopt(limits)
        XCTAssertEqual([0, 0].map(looksAfter), [1, 1])
    }

    func testWhatIsFreeInsideTheFileDoesNotCount() throws {
        let size = Mutex<Int64>(150)
        let quota = TenantQuota(uptime: { 0 }, measure: { size.withLock { $0 } })
        var limits = Limits()
        limits.bytes = 100
        quota.adopt(limits)

        quota.noteChange { 60 }
        XCTAssertEqual(quota.bytes, 90)
        try quota.admitGrowth()
        size.withLock { $0 = 160 }
        quota.noteChange { 60 }

        assertThrows(LimitError.bytes(limit: 100)) { try quota.admitGrowth() }
        // The log may be cut without a change of the tenant's.
        size.withLock { $0 = 120 }
        try quota.admitGrowth()
    }

    func testALimitIsANumber() throws {
        try run { street, _ in
            for (name, value, most) in [
                ("limit.requests", "-1", "1000000000"), ("limit.burst", "1000000001", "1000000000"),
                ("limit.orders", "none", "1000000000000000"), ("limit.bytes", "1GB", "1000000000000000"),
            ] {
                assertThrows(HostError.badSetting(name, allowed: "0 for no limit, or a number up to \(most)")) {
                    try street.create("acme", limited([name: value]))
                }
            }
        }
    }

    func testTheLimitsOfAHostAreReadFromWords() throws {
        let limits = try XCTUnwrap(TenantSetting.limits(parsing: "requests=200,bytes=0,mails=7"))

        XCTAssertEqual(
            [limits.requests, limits.bytes, limits.mails, limits.customers], [200, nil, 7, Limits().customers])
        for text in ["", "requests", "requests=", "requests=-1", "mail.per_hour=1", "requests=1,", "rows=1"] {
            XCTAssertNil(TenantSetting.limits(parsing: text), text)
        }
    }
}
