import ChannelKit
import Events
import XCTest

final class EventQuotaTests: XCTestCase {
    func testAnEventThatNobodyHasSetUpIsFreeText() throws {
        let desk = try EventDesk()
        try desk.ask("create", #"{"event":"bare","title":"Bare","starts":"2026-12-24"}"#)

        for event in ["Jazz night", "bare"] {
            let placed = try desk.register(
                #"{"event":"\#(event)","tickets":[{"type":"Balcony","attendee":"Bo"}]}"#
            ) { $0.declared = Money(minor: 500, currency: $0.currency) }

            XCTAssertEqual(placed.total, "5.00")
            XCTAssertEqual(try desk.states(placed.order), [])
        }
    }

    func testTicketsArePricedAndCounted() throws {
        let desk = try EventDesk.jazz(quota: 5)
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"child","price":"4.50","tax_rate":"7"}"#)

        let placed = try desk.register(
            """
            {"event":"Jazz","tickets":[{"type":"seat","attendee":"Ann"},{"type":"Child","attendee":"Bo"},
            {"type":"seat","attendee":{"name":"Cem","email":"cem@example.org"},"seat":"A 7"}]}
            """)

        XCTAssertEqual(placed.total, "24.50")
        let lines = try desk.inside { try $0.services.lines(of: $0.services.order(placed.order)) }
        XCTAssertEqual(lines.map(\.sku), ["jazz/seat", "jazz/child"])
        XCTAssertEqual(lines.map(\.quantity.text), ["2", "1"])
        XCTAssertEqual(lines.map { $0.taxRate?.text }, [nil, "7"])
        XCTAssertEqual(try desk.seats(), "0 sold, 2 held, 3 left")
        XCTAssertEqual(try desk.states(placed.order), ["held", "held", "held"])
    }

    func testATotalThatDiffersFromThePricesIsRefused() throws {
        let desk = try EventDesk.jazz(quota: 5)
        let euro = try Currency("EUR")

        XCTAssertThrowsError(
            try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Ann"}]}"#) {
                $0.declared = Money(minor: 900, currency: euro)
            }
        ) {
            XCTAssertEqual(
                $0 as? OrderError,
                .totalMismatch(
                    computed: Money(minor: 1_000, currency: euro), declared: Money(minor: 900, currency: euro)))
        }
        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 5 left")
    }

    func testTheChannelsOwnLinesAreKept() throws {
        let desk = try EventDesk.jazz(quota: 5)

        let placed = try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Ann"}]}"#) {
            $0.lines = [
                OrderLine(
                    sku: "seat", name: "Last minute", quantity: Quantity(micros: 1_000_000),
                    unitPrice: try UnitPrice(parsing: "6"), taxRate: nil)
            ]
        }

        XCTAssertEqual(placed.total, "6.00")
        let ticket = try desk.ask("tickets", #"{"order":\#(placed.order.rawValue)}"#)["tickets"]?.arrayValue?.first
        XCTAssertEqual(ticket?["price"]?.stringValue, "6.00")
    }

    func testMoreThanThereIsIsRefusedWithWhatIsLeft() throws {
        let desk = try EventDesk.jazz(quota: 3)
        _ = try desk.hold(2)

        XCTAssertThrowsError(try desk.hold(2)) {
            XCTAssertEqual(
                $0 as? ChannelRefusal,
                .conflict(
                    "quota-exhausted", "of seat only 1 are left",
                    details: [
                        .init(name: "type", value: .string("seat")), .init(name: "left", value: .number("1")),
                        .init(name: "asked", value: .number("2")),
                    ]))
        }
        XCTAssertEqual(try desk.seats(), "0 sold, 2 held, 1 left")
    }

    func testWhateverClosesAnOrderGivesItsTicketsBack() throws {
        let desk = try EventDesk.jazz(quota: 4)
        for state in [OrderState.cancelled, .refunded, .expired] {
            let order = try desk.sell(4)
            XCTAssertEqual(try desk.seats(), "4 sold, 0 held, 0 left")

            try desk.set(order, state)

            XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 4 left")
            XCTAssertEqual(Set(try desk.states(order)), [state == .expired ? "expired" : "cancelled"])
        }
    }

    func testTicketsFollowStatesThatAreSetByHand() throws {
        let desk = try EventDesk.jazz(quota: 4)
        let order = try desk.hold(2)

        try desk.set(order, .completed, "checked-in")
        XCTAssertEqual(try desk.states(order), ["checked-in", "checked-in"])
        XCTAssertEqual(try desk.seats(), "2 sold, 0 held, 2 left")
        try desk.set(order, .confirmed, "paid")
        XCTAssertEqual(try desk.states(order), ["valid", "valid"])
        try desk.set(order, .open, "held")
        XCTAssertEqual(try desk.states(order), ["held", "held"])
        XCTAssertEqual(try desk.seats(), "0 sold, 2 held, 2 left")
    }

    func testWhoIsInStaysInWhenTheOrderIsCalledOff() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let order = try desk.sell(2)
        try desk.ask("check-in", #"{"event":"jazz","ticket":\#(order.rawValue)001}"#)

        try desk.set(order, .refunded)

        XCTAssertEqual(try desk.states(order), ["checked-in", "cancelled"])
        XCTAssertEqual(try desk.seats(), "1 sold, 0 held, 1 left")
    }

    func testAnOrderThatComesInPaidOrOverIsTakenAsItIs() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let details = #"{"event":"jazz","tickets":[{"type":"seat","attendee":"Ann"}]}"#

        let paid = try desk.register(details) { $0.give(.confirmed, "paid") }
        let used = try desk.register(details) { $0.give(.completed, "checked-in") }
        let over = try desk.register(details) {
            $0.give(.cancelled, "cancelled")
            $0.declared = Money(minor: 1_000, currency: $0.currency)
        }
        let back = try desk.register(details) {
            $0.kind = .return
            $0.declared = Money(minor: -1_000, currency: $0.currency)
        }

        XCTAssertEqual(try desk.states(paid.order), ["valid"])
        XCTAssertEqual(try desk.states(used.order), ["checked-in"])
        XCTAssertEqual(try desk.states(over.order), [])
        XCTAssertEqual(try desk.states(back.order), [])
        XCTAssertEqual(try desk.seats(), "2 sold, 0 held, 0 left")
    }

    func testATestTakesNothing() throws {
        let desk = try EventDesk.jazz(quota: 1)

        let test = try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Ann"}]}"#) {
            $0.isTest = true
            $0.give(.confirmed, "paid")
        }

        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 1 left")
        let entry = try desk.ask("check-in", #"{"event":"jazz","ticket":\#(test.order.rawValue)001}"#)
        XCTAssertEqual(entry["test"]?.boolValue, true)
        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 1 left")
        try desk.set(test.order, .cancelled)
        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 1 left")
    }

    func testAQuotaCannotGoBelowWhatIsTaken() throws {
        var desk = try EventDesk.jazz(quota: 5)
        _ = try desk.sell(2)
        _ = try desk.hold(1)

        desk.assertRefused(
            "set-ticket-type", #"{"event":"jazz","type":"seat","quota":2}"#, "409 quota-below-taken")
        desk.pass(minutes: 15)
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","quota":2}"#)

        XCTAssertEqual(try desk.seats(), "2 sold, 0 held, 0 left")
    }

    func testSalesHaveWindowsAndLimits() throws {
        var desk = try EventDesk.jazz(quota: 9)
        let hold = #"{"event":"jazz","tickets":[{"type":"seat"},{"type":"seat"}]}"#
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","per_order":1}"#)
        desk.assertRefused("hold", hold, "422 too-many-tickets")
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","per_order":2}"#)
        try desk.ask("update", #"{"event":"jazz","sales_starts":"2026-11-22T12:00"}"#)
        desk.assertRefused("hold", hold, "409 sales-not-started")
        desk.pass(minutes: 60)
        try desk.ask("hold", hold)
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","sales_ends":"2026-11-22T12:00:01"}"#)
        try desk.ask("hold", hold)
        desk.pass(minutes: 1)
        desk.assertRefused("hold", hold, "409 sales-ended")
        try desk.ask("update", #"{"event":"jazz","state":"closed"}"#)
        desk.assertRefused("hold", hold, "409 sales-closed")
        desk.assertRefused("hold", #"{"event":"jazz","tickets":[{"type":"box"}]}"#, "404 no-ticket-type")
        desk.assertRefused("hold", #"{"event":"rock","tickets":[{"type":"seat"}]}"#, "404 no-event")
        desk.assertRefused("hold", #"{"event":"jazz","tickets":[]}"#, "422 incomplete")
        desk.assertRefused(
            "hold", #"{"event":"jazz","tickets":[{"type":"seat"}],"minutes":0}"#, "400 bad-value")
    }

    func testWhatIsSoldInAnotherCurrencyNeedsLines() throws {
        let desk = try EventDesk.jazz(quota: 1)

        XCTAssertThrowsError(
            try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Ann"}]}"#) {
                try $0.sell(in: "USD")
                $0.declared = nil
            }
        ) { XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "other-currency") }
    }

    func testTheTicketsOfAnOrderStayAsTheyWereSold() throws {
        let desk = try EventDesk.jazz(quota: 5)
        let placed = try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Ann"}]}"#)

        for details in [
            #"{"event":"jazz","tickets":[{"type":"seat","attendee":"A"},{"type":"seat","attendee":"B"}]}"#,
            #"{"event":"rock","tickets":[{"type":"seat","attendee":"A"}]}"#,
            #"{"event":"jazz","tickets":[{"type":"box","attendee":"A"}]}"#,
        ] {
            XCTAssertThrowsError(
                try desk.change(placed.order) { $0.details = JSONFragment(trusted: Array(details.utf8)) }
            ) { XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "tickets-fixed") }
        }
        try desk.change(placed.order) {
            $0.details = JSONFragment(
                trusted: Array(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Bo","seat":4}]}"#.utf8))
        }

        let ticket = try desk.ask("attendees", #"{"event":"jazz","search":"BO"}"#).arrayValue?.first
        XCTAssertEqual(ticket?["attendee"]?["name"]?.stringValue, "Bo")
        XCTAssertEqual(ticket?["seat"]?.stringValue, "4")
    }
}
