import ChannelKit
import Events
import XCTest

/// What happens to holds and waiting lists by itself.
final class EventWakeTests: XCTestCase {
    func testAHoldExpiresWhenItsTimeIsOverAndGoesToWhoeverWaits() throws {
        var desk = try EventDesk.jazz(quota: 1, ["offer_minutes": "60"])
        let held = try desk.hold(1, minutes: 15)
        try desk.wait("ann")
        XCTAssertEqual(try desk.nextWake()?.text, "2026-11-22T10:15:00Z")

        desk.pass(minutes: 14)
        XCTAssertFalse(try desk.wake())
        desk.pass(minutes: 1)
        XCTAssertTrue(try desk.wake())

        XCTAssertEqual(try desk.order(held).channelState, "expired")
        XCTAssertEqual(try desk.line(), ["1 offered"])
        XCTAssertEqual(try desk.nextWake()?.text, "2026-11-22T11:15:00Z")
        desk.pass(minutes: 60)
        XCTAssertTrue(try desk.wake())
        XCTAssertEqual(try desk.line(), ["1 expired"])
        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 1 left")
        XCTAssertNil(try desk.nextWake())
    }

    func testAnOfferThatARefusedSaleTookBackIsMadeWhenTheChannelIsWoken() throws {
        var desk = try EventDesk.jazz(quota: 1)
        _ = try desk.hold(1)
        try desk.wait("ann")
        desk.pass(minutes: 15)

        desk.assertRefused("hold", #"{"event":"jazz","tickets":[{"type":"seat"}]}"#, "409 quota-exhausted")
        XCTAssertEqual(try desk.line(), ["1 waiting"])
        XCTAssertTrue(try desk.wake())

        XCTAssertEqual(try desk.line(), ["1 offered"])
    }

    func testManyHoldsExpireAPartAtATime() throws {
        var desk = try EventDesk.jazz(quota: 300)
        for _ in 0..<250 { _ = try desk.hold(1) }
        desk.pass(minutes: 15)

        XCTAssertTrue(try desk.wake())
        XCTAssertEqual(try desk.expired(), 200)
        XCTAssertEqual(try desk.nextWake(), desk.occasion.at)
        XCTAssertTrue(try desk.wake())

        XCTAssertEqual(try desk.expired(), 250)
        XCTAssertNil(try desk.nextWake())
    }

    func testWhoWaitsForASaleThatHasNotBegunIsOfferedTicketsWhenItBegins() throws {
        var desk = try EventDesk.jazz(quota: 1)
        _ = try desk.sell(1)
        try desk.wait("ann")
        let start = "2026-11-22T12:00:00Z"
        desk.pass(minutes: 15)
        XCTAssertTrue(try desk.wake())
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","quota":2,"sales_starts":"\#(start)"}"#)
        XCTAssertEqual(try desk.line(), ["1 waiting"])
        XCTAssertEqual(try desk.nextWake()?.text, start)

        desk.pass(minutes: 105)
        XCTAssertTrue(try desk.wake())

        XCTAssertEqual(try desk.line(), ["1 offered"])
    }
}

extension EventDesk {
    fileprivate func expired() throws -> Int {
        try inside { transaction in
            try transaction.services.all("SELECT 1 FROM events__ticket WHERE state = 'expired'") { $0.integer(0) }.count
        }
    }
}
