import ChannelKit
import Events
import XCTest

/// Tickets that are held for a while, paid in time or late, or let go.
final class EventHoldTests: XCTestCase {
    func testAHoldThatIsOverCountsNoMoreFromThatMoment() throws {
        var desk = try EventDesk.jazz(quota: 2)
        let first = try desk.hold(2, minutes: 15)
        desk.pass(minutes: 14)
        XCTAssertThrowsError(try desk.hold(1))

        desk.pass(minutes: 1)

        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 2 left")
        XCTAssertEqual(try desk.order(first).state, .open)
        let second = try desk.sell(2)
        XCTAssertEqual(try desk.order(first).channelState, "expired")
        XCTAssertEqual(try desk.states(first), ["expired", "expired"])
        XCTAssertEqual(try desk.states(second), ["valid", "valid"])
        XCTAssertEqual(try desk.seats(), "2 sold, 0 held, 0 left")
    }

    func testAHoldCanBePaidLateIfAsMuchIsStillThere() throws {
        var desk = try EventDesk.jazz(quota: 2)
        let unmarked = try desk.hold(1)
        desk.pass(minutes: 20)
        try desk.ask("pay", #"{"order":\#(unmarked.rawValue)}"#)
        XCTAssertEqual(try desk.states(unmarked), ["valid"])
        let marked = try desk.hold(1)
        desk.pass(minutes: 20)
        XCTAssertEqual(try desk.ask("sweep")["expired"]?.integerValue, 1)

        let paid = try desk.ask("pay", #"{"order":\#(marked.rawValue)}"#)
        let again = try desk.ask("pay", #"{"order":\#(marked.rawValue)}"#)

        XCTAssertNotEqual(paid["order"]?.integerValue, marked.rawValue)
        XCTAssertEqual(paid, again)
        XCTAssertEqual(paid["paid"]?.stringValue, "10.00")
        XCTAssertEqual(try desk.order(marked).state, .expired)
        XCTAssertEqual(try desk.seats(), "2 sold, 0 held, 0 left")
    }

    func testAHoldCannotBePaidLateWhenItsTicketsAreGone() throws {
        var desk = try EventDesk.jazz(quota: 1)
        let late = try desk.hold(1)
        desk.pass(minutes: 15)
        _ = try desk.sell(1)

        desk.assertRefused("pay", #"{"order":\#(late.rawValue)}"#, "410 expired")
        XCTAssertEqual(try desk.seats(), "1 sold, 0 held, 0 left")
    }

    func testAnOrderThatTellsNoStateIsHeldAsLongAsAHold() throws {
        var desk = try EventDesk.jazz(quota: 2, ["hold_minutes": "30"])
        let silent = try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Bo"}]}"#).order
        let endless = try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Bo"}]}"#) {
            ($0.state, $0.channelState, $0.isStateGiven) = (.open, "held", true)
        }.order
        XCTAssertEqual(
            try Details(storedWith: desk.order(silent)).text("hold_until"), "2026-11-22T10:30:00Z")
        XCTAssertNil(try Details(storedWith: desk.order(endless)).text("hold_until"))

        desk.pass(minutes: 30)
        XCTAssertTrue(try desk.wake())

        XCTAssertEqual(try desk.states(silent), ["expired"])
        XCTAssertEqual(try desk.states(endless), ["held"])
    }

    func testAHoldIsToldByTheShopsClockAndOnlyWhileItLasts() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let order = try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Bo"}]}"#).order
        XCTAssertEqual(
            try desk.lines(order).filter { $0.hasPrefix("Held") }, ["Held until: 2026-11-22 11:15"])

        try desk.ask("pay", #"{"order":\#(order.rawValue)}"#)

        XCTAssertEqual(try desk.lines(order).filter { $0.hasPrefix("Held") }, [])
    }

    func testNobodyPaysALapsedHoldWhileOthersWait() throws {
        var desk = try EventDesk.jazz(quota: 1)
        let held = try desk.hold(1)
        try desk.wait("ann")
        desk.pass(minutes: 15)

        XCTAssertThrowsError(try desk.set(held, .confirmed, "paid")) {
            XCTAssertEqual(
                $0 as? ChannelRefusal,
                .gone("expired", "the hold is over and others wait for its tickets; events.pay buys anew"))
        }
        XCTAssertTrue(try desk.wake())

        XCTAssertEqual(try desk.states(held), ["expired"])
        XCTAssertEqual(try desk.line(), ["1 offered"])
    }

    func testAHoldThatNobodyWaitsForIsPaidLateByStaff() throws {
        var desk = try EventDesk.jazz(quota: 1)
        let held = try desk.hold(1)
        desk.pass(minutes: 15)

        try desk.set(held, .confirmed, "paid")

        XCTAssertEqual(try desk.states(held), ["valid"])
    }

    func testReleasedTicketsComeBackAndPaidOnesAreNotReleased() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let held = try desk.hold(1)
        let sold = try desk.sell(1)

        for _ in 0..<2 {
            let reply = try desk.ask("release", #"{"order":\#(held.rawValue)}"#)
            XCTAssertEqual(reply["state"]?.stringValue, "cancelled")
        }

        desk.assertRefused("release", #"{"order":\#(sold.rawValue)}"#, "409 already-paid")
        desk.assertRefused("pay", #"{"order":\#(held.rawValue)}"#, "409 order-closed")
        XCTAssertEqual(try desk.seats(), "1 sold, 0 held, 1 left")
    }
}
