import Booking
import ChannelKit
import Conformance
import Events
import ManualEntry
import OnlineShop
import PointOfSale
import StrictJSON
import TestSupport
import XCTest

/// The channels of this build pass what every channel has to pass.
final class CompiledChannelsTests: XCTestCase {
    func testTheOnlineShopConforms() throws { try assertConforms(OnlineShop.self) }

    func testBookingConforms() throws { try assertConforms(Booking.self) }

    func testEventsConform() throws { try assertConforms(Events.self) }

    func testTheTillConforms() throws { try assertConforms(PointOfSale.self) }

    func testManualEntryConforms() throws { try assertConforms(ManualEntry.self) }

    private func assertConforms(_ channel: any ChannelPlugin.Type) throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            let source = CompiledSource(channel)
            let subject = try Subject(source, samples: try JSON(parsing: source.samples), isChild: false)
            let kit = try Kit(subject, socket: daemon.socket, tenants: daemon.tenants, mutationLimit: 60)
            var verdicts: [Verdict] = []

            let conforms = try kit.run { verdicts.append($0) }

            let failures = verdicts.filter { $0.failure != nil }
            XCTAssertEqual(failures.map(\.line), [])
            XCTAssertEqual(conforms, failures.isEmpty)
            XCTAssertGreaterThan(verdicts.count, 20)
        }
    }
}
