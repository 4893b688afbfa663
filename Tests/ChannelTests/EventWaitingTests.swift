import ChannelKit
import Events
import XCTest

final class EventWaitingTests: XCTestCase {
    func testWhoWaitsGetsWhatComesBackInTurn() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let sold = try desk.sell(2)
        for name in ["ann", "bo", "cem"] { try desk.wait(name) }

        try desk.set(sold, .cancelled, "cancelled")

        XCTAssertEqual(try desk.seats(), "0 sold, 2 held, 0 left")
        XCTAssertEqual(try desk.line(), ["1 offered", "2 offered", "3 waiting"])
        let offer = try XCTUnwrap(try desk.offers().first)
        let order = try desk.order(offer)
        XCTAssertEqual(order.match.customer?.rawValue, 1)
        XCTAssertEqual(order.amounts.total.text, "10.00")
        XCTAssertEqual(
            try desk.ask("tickets", #"{"order":\#(offer.rawValue)}"#)["expires"]?.stringValue, "2026-11-23T10:00:00Z")
        try desk.ask("pay", #"{"order":\#(offer.rawValue)}"#)
        XCTAssertEqual(try desk.line(), ["1 taken", "2 offered", "3 waiting"])
    }

    func testAnOfferThatIsNotTakenGoesToTheNext() throws {
        var desk = try EventDesk.jazz(quota: 1, ["offer_minutes": "60"])
        let sold = try desk.sell(1)
        for name in ["ann", "bo", "cem"] { try desk.wait(name) }
        try desk.set(sold, .refunded, "refunded")
        XCTAssertEqual(try desk.line(), ["1 offered", "2 waiting", "3 waiting"])

        desk.pass(minutes: 60)
        XCTAssertEqual(try desk.ask("sweep")["offered"]?.integerValue, 1)
        XCTAssertEqual(try desk.line(), ["1 expired", "2 offered", "3 waiting"])
        try desk.ask("release", #"{"order":\#(try XCTUnwrap(try desk.offers().last).rawValue)}"#)

        XCTAssertEqual(try desk.line(), ["1 expired", "2 left", "3 offered"])
        XCTAssertEqual(try desk.seats(), "0 sold, 1 held, 0 left")
    }

    func testWhoeverWaitsForMoreThanThereIsIsOvertaken() throws {
        let desk = try EventDesk.jazz(quota: 3)
        let first = try desk.sell(1)
        _ = try desk.sell(2)
        try desk.wait("ann", count: 2)
        try desk.wait("bo")

        try desk.set(first, .cancelled, "cancelled")

        XCTAssertEqual(try desk.line(), ["1 waiting", "2 offered"])
    }

    func testAGreaterQuotaIsOfferedAtOnce() throws {
        let desk = try EventDesk.jazz(quota: 0)
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","quota":1}"#)
        _ = try desk.sell(1)
        try desk.wait("ann")

        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","quota":3}"#)

        XCTAssertEqual(try desk.line(), ["1 offered"])
        XCTAssertEqual(try desk.seats(), "1 sold, 1 held, 1 left")
    }

    func testHoldsThatAreOverAreOfferedWithTheNextSale() throws {
        var desk = try EventDesk.jazz(quota: 3)
        _ = try desk.hold(3)
        try desk.wait("ann")
        desk.pass(minutes: 15)

        _ = try desk.sell(1)

        XCTAssertEqual(try desk.line(), ["1 offered"])
        XCTAssertEqual(try desk.seats(), "1 sold, 1 held, 1 left")
    }

    func testWhatAHoldLeavesGoesToWhoWaitsBeforeAnybodyElse() throws {
        var desk = try EventDesk.jazz(quota: 1)
        let lapsed = try desk.hold(1)
        try desk.wait("ann")
        desk.pass(minutes: 15)

        XCTAssertThrowsError(try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Cem"}]}"#)) {
            XCTAssertEqual(
                $0 as? ChannelRefusal,
                .conflict(
                    "quota-exhausted", "seat is sold out",
                    details: [
                        .init(name: "type", value: .string("seat")), .init(name: "left", value: .number("0")),
                        .init(name: "asked", value: .number("1")),
                    ]))
        }
        desk.assertRefused("hold", #"{"event":"jazz","tickets":[{"type":"seat"}]}"#, "409 quota-exhausted")
        desk.assertRefused("pay", #"{"order":\#(lapsed.rawValue)}"#, "410 expired")
        XCTAssertEqual(try desk.ask("sweep")["offered"]?.integerValue, 1)

        XCTAssertEqual(try desk.line(), ["1 offered"])
        XCTAssertEqual(try desk.seats(), "0 sold, 1 held, 0 left")
    }

    func testWhatThoseWhoWaitLeaveIsForWhoeverPaysLate() throws {
        var desk = try EventDesk.jazz(quota: 2)
        let lapsed = try desk.hold(1)
        _ = try desk.hold(1)
        try desk.wait("ann")
        desk.pass(minutes: 15)

        let paid = try desk.ask("pay", #"{"order":\#(lapsed.rawValue)}"#)

        XCTAssertEqual(paid["paid"]?.stringValue, "10.00")
        XCTAssertEqual(try desk.line(), ["1 offered"])
        XCTAssertEqual(try desk.order(lapsed).state, .expired)
        XCTAssertEqual(try desk.seats(), "1 sold, 1 held, 0 left")
    }

    func testWhoMayNotOrderIsPassedOver() throws {
        let desk = try EventDesk.jazz(quota: 1)
        let sold = try desk.sell(1)
        for name in ["ann", "bo"] { try desk.wait(name) }
        let occasion = desk.occasion
        try desk.core {
            try CustomerWriter($0, occasion).deny(
                CustomerID(rawValue: 1), DenialReasons(inner: "unpaid", outer: nil))
        }

        try desk.set(sold, .cancelled, "cancelled")

        XCTAssertEqual(try desk.line(), ["1 left", "2 offered"])
    }

    func testOffersAreWrittenToWhoeverHasAnAddress() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let sold = try desk.sell(2)
        try desk.ask(
            "join-waiting-list",
            #"{"event":"jazz","type":"seat","customer":{"email":"ann@example.org","language":"tr"}}"#)
        try desk.ask("join-waiting-list", #"{"event":"jazz","type":"seat","customer":{"phone":"+49301234567"}}"#)

        try desk.set(sold, .cancelled, "cancelled")

        XCTAssertEqual(try desk.line(), ["1 offered", "2 offered"])
        let mails = try desk.core { transaction in
            try transaction.reading.all("SELECT subject FROM mail ORDER BY id") { $0.text(0) }
        }
        XCTAssertEqual(mails, ["Jazz night biletleri"])
    }

    func testTheListIsJoinedOnceAndOnlyWhenNothingIsLeft() throws {
        let desk = try EventDesk.jazz(quota: 1)
        let join = #"{"event":"jazz","type":"seat","customer":{"name":"Ann","email":"ann@example.org"}}"#
        desk.assertRefused("join-waiting-list", join, "409 not-sold-out")
        _ = try desk.hold(1)

        try desk.ask("join-waiting-list", join)

        desk.assertRefused("join-waiting-list", join, "409 already-waiting")
        desk.assertRefused("join-waiting-list", #"{"event":"jazz","type":"seat"}"#, "422 incomplete")
        desk.assertRefused("join-waiting-list", #"{"event":"jazz","type":"seat","customer":99}"#, "404 no-customer")
        desk.assertRefused(
            "join-waiting-list", #"{"event":"jazz","type":"seat","customer":1,"count":2}"#, "400 bad-value")
        try desk.ask("leave-waiting-list", #"{"event":"jazz","type":"seat","customer":1}"#)
        desk.assertRefused("leave-waiting-list", #"{"event":"jazz","type":"seat","customer":1}"#, "404 not-waiting")
        XCTAssertEqual(try desk.line(), ["1 left"])
        try desk.ask("join-waiting-list", join)
        XCTAssertEqual(try desk.line(), ["1 left", "1 waiting"])
        XCTAssertEqual(try desk.ask("waiting-list", #"{"event":"jazz","type":"seat"}"#).arrayValue?.count, 1)
    }

    func testACancelledEventEndsTheWaitAndTellsTheBuyers() throws {
        let desk = try EventDesk.jazz(quota: 1)
        _ = try desk.sell(1, customer: #"{"email":"bo@example.org","language":"de"}"#)
        try desk.wait("ann")

        try desk.ask("cancel-event", #"{"event":"jazz","reason":"Die Band ist krank."}"#)

        XCTAssertEqual(try desk.line(), ["2 left"])
        let mails = try desk.core { transaction in
            try transaction.reading.all("SELECT subject, text FROM mail ORDER BY id") { [$0.text(0), $0.text(1)] }
        }
        XCTAssertEqual(mails.map { $0[0] }, ["Jazz night fällt aus"])
        XCTAssertTrue(mails.first?[1].contains("Die Band ist krank.") ?? false)
    }
}
