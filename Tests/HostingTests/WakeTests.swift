import ChannelKit
import Foundation
import Hosting
import Registry
import Storage
import Synchronization
import TestSupport
import XCTest

/// Channels that asked to be woken.
final class WakeTests: XCTestCase {
    func testAChannelIsWokenWhenItsTimeHasComeAndNotBefore() throws {
        try serving { host, alarm, tenant in
            try ask(tenant, host, at: alarm.now + 600)
            XCTAssertEqual(alarm.next(), 600)

            alarm.advance(599)
            host.wakeChannels()
            XCTAssertEqual(alarm.next(), 1)
            XCTAssertEqual(try woken(tenant), [])
            alarm.advance(1)
            host.wakeChannels()

            XCTAssertEqual(try woken(tenant, atLeast: 1), ["channel:rooster 1790000600"])
            XCTAssertEqual(try wishes(tenant), [])
        }
    }

    func testOfSeveralTimesTheEarliestCounts() throws {
        try serving { host, alarm, tenant in
            for seconds in [500, 300, 400] { try ask(tenant, host, at: alarm.now + Int64(seconds)) }

            XCTAssertEqual([alarm.next(), alarm.next()], [500, 300])
            XCTAssertEqual(try wishes(tenant), [1_790_000_300])
        }
    }

    func testAWishThatWasUndoneIsForgotten() throws {
        try serving { host, alarm, tenant in
            XCTAssertThrowsError(try ask(tenant, host, at: alarm.now, fails: true))
            XCTAssertEqual(try wishes(tenant), [])
        }
    }

    func testATenantIsWokenWhenItIsOpenedBeforeAnybodyLooksAtIt() throws {
        try withTemporaryDirectory { folder in
            let alarm = Alarm()
            try serving(folder, alarm) { host, _, tenant in try ask(tenant, host, at: alarm.now + 60) }
            alarm.advance(3_600)

            try serving(folder, alarm) { _, _, tenant in
                XCTAssertEqual(try woken(tenant), ["channel:rooster 1790003600"])
            }
        }
    }

    func testATenantThatWasClosedMeanwhileIsOpenedToBeWoken() throws {
        try withTemporaryDirectory { folder in
            let alarm = Alarm()
            try serving(folder, alarm, openLimit: 1) { host, _, tenant in
                try ask(tenant, host, at: alarm.now + 60)
                XCTAssertEqual(alarm.next(), 60)
                // With one thread the tenant has come to rest by now.
                let other = try host.create(Street.name("other"), Street.configuration)
                XCTAssertEqual(try woken(other), [])
                XCTAssertFalse(tenant.isOpen)

                alarm.advance(60)
                host.wakeChannels()

                XCTAssertEqual(try woken(tenant, atLeast: 1), ["channel:rooster 1790000060"])
            }
        }
    }

    func testASuspendedTenantSleepsUntilItIsResumed() throws {
        try serving { host, alarm, tenant in
            try ask(tenant, host, at: alarm.now + 60)
            XCTAssertEqual(alarm.next(), 60)
            try host.configure(tenant) { $0.isSuspended = true }
            alarm.advance(60)
            host.wakeChannels()
            XCTAssertEqual(try woken(tenant), [])

            try host.configure(tenant) { $0.isSuspended = false }
            XCTAssertEqual(alarm.next(), 1)
            host.wakeChannels()

            XCTAssertEqual(try woken(tenant, atLeast: 1), ["channel:rooster 1790000060"])
        }
    }

    func testAChannelThatFailsIsTriedAgainAMinuteLaterAndHarmsNoOther() throws {
        try serving { host, alarm, tenant in
            try ask(tenant, host, at: alarm.now + 60)
            try ask(tenant, host, at: alarm.now + 60, of: Sleeper.descriptor.id)
            XCTAssertEqual(alarm.next(), 60)
            alarm.advance(60)

            host.wakeChannels()

            XCTAssertEqual(try woken(tenant, atLeast: 1), ["channel:rooster 1790000060"])
            XCTAssertEqual(alarm.next(), 60)
            XCTAssertEqual(try wishes(tenant), [1_790_000_120])
        }
    }

    func testAChannelWhoseTablesANewVersionChangedIsWokenOnce() throws {
        try withTemporaryDirectory { folder in
            let alarm = Alarm()
            let old = ChannelCatalog([CompiledSource(EarlyRooster.self)])
            try serving(folder, alarm, channels: old) { _, _, tenant in XCTAssertEqual(try wishes(tenant), []) }

            try serving(folder, alarm) { _, _, tenant in
                XCTAssertEqual(try woken(tenant), ["channel:rooster 1790000000"])
            }
        }
    }

    // MARK: What the tests do

    private func serving(_ body: (Hosting.Host, Alarm, Tenant) throws -> Void) throws {
        try withTemporaryDirectory { try serving($0, Alarm(), body) }
    }

    /// Runs a body with a host whose timer goes off when the body says so, and its tenant.
    private func serving(
        _ folder: String, _ alarm: Alarm, openLimit: Int = 100,
        channels: ChannelCatalog = ChannelCatalog([CompiledSource(Sleeper.self), CompiledSource(Rooster.self)]),
        _ body: (Hosting.Host, Alarm, Tenant) throws -> Void
    ) throws {
        let host = try Hosting.Host(
            directory: folder, channels: channels, openLimit: OpenLimit(tenants: openLimit),
            threads: openLimit == 1 ? 1 : 2,
            now: { Instant(seconds: alarm.now) })
        defer { host.close() }
        host.startWaking(schedule: { seconds, _ in alarm.set(seconds) }, log: { _, _ in })
        let name = try Street.name("farm")
        let isNew = !FileManager.default.fileExists(atPath: "\(folder)/farm")
        try body(host, alarm, isNew ? try host.create(name, Street.configuration) : try host.tenant(name))
    }

    private func ask(
        _ tenant: Tenant, _ host: Hosting.Host, at seconds: Int64, of id: String = Rooster.descriptor.id,
        fails: Bool = false
    ) throws {
        let channel = try XCTUnwrap(tenant.profile.installedChannel(id))
        let occasion = Occasion(shop: tenant.profile.shop, at: host.now(), actor: .system)
        try tenant.writeAndWait { transaction in
            try ChannelTransaction(transaction, channel, occasion).wake(at: Instant(seconds: seconds))
            if fails { throw CustomerError.notFound }
        }
    }

    private func wishes(_ tenant: Tenant) throws -> [Int64] {
        try tenant.readHere { try ChannelWakeReader($0).all().map(\.at.seconds) }
    }

    /// When the channel was woken and as whom; waits until it was so often.
    private func woken(_ tenant: Tenant, atLeast count: Int = 0) throws -> [String] {
        while true {
            let changed = Gate()
            let isOpen = Mutex(false)
            let watch = tenant.watch { _ in
                isOpen.withLock { isOpen in
                    if !isOpen { changed.open() }
                    isOpen = true
                }
            }
            defer { tenant.unwatch(watch) }
            let found = try tenant.readHere { transaction in
                try transaction.all("SELECT actor, at FROM timeline WHERE topic = 'rooster.crowed' ORDER BY seq") {
                    "\($0.text(0)) \($0.integer(1))"
                }
            }
            if found.count >= count { return found }
            changed.pass()
        }
    }
}

/// A channel that notes that it was woken.
private struct Rooster: ChannelPlugin {
    static let descriptor = ChannelDescriptor(
        id: "rooster", version: "2.0.0", title: "Rooster", states: [.init("open", .open)],
        migrations: EarlyRooster.descriptor.migrations + [
            ChannelMigration("2: corn", "CREATE TABLE rooster__corn (id INTEGER PRIMARY KEY) STRICT")
        ],
        tables: EarlyRooster.descriptor.tables + [ChannelTable("rooster__corn", plain: ["id"])])

    init(settings: ChannelSettings) {}

    func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {}

    func revise(_ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion) throws {}

    func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] { [] }

    func wake(_ transaction: ChannelTransaction) throws {
        try transaction.note("crowed")
    }
}

/// The same in its first version.
private struct EarlyRooster: ChannelPlugin {
    static let descriptor = ChannelDescriptor(
        id: "rooster", version: "1.0.0", title: "Rooster", states: [.init("open", .open)],
        migrations: [ChannelMigration("1: hens", "CREATE TABLE rooster__hen (id INTEGER PRIMARY KEY) STRICT")],
        tables: [ChannelTable("rooster__hen", plain: ["id"])])

    init(settings: ChannelSettings) {}

    func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {}

    func revise(_ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion) throws {}

    func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] { [] }
}

/// A channel that does something when it is woken, and then fails.
private struct Sleeper: ChannelPlugin {
    static let descriptor = ChannelDescriptor(
        id: "rooster-asleep", version: "1.0.0", title: "Sleeper", states: [.init("open", .open)])

    init(settings: ChannelSettings) {}

    func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {}

    func revise(_ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion) throws {}

    func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] { [] }

    func wake(_ transaction: ChannelTransaction) throws {
        try transaction.wake(at: Instant(seconds: 0))
        throw CustomerError.notFound
    }
}
