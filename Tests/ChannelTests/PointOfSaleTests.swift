import ChannelKit
import PointOfSale
import XCTest

final class PointOfSaleTests: XCTestCase {
    private let full = """
        {"register":"7","receipt":1009,"cashier":"Mo","location":"Altstadt","business_day":"2026-11-21",
        "tenders":[{"kind":"voucher","amount":"5.00"},{"kind":"cash","amount":"10"}],"change":"3.00",
        "e_receipt":"ann@example.org"}
        """

    func testAFullSaleIsPaidByItsTenders() throws {
        let draft = try PointOfSale.made().translated(full)

        XCTAssertEqual(draft.state, .completed)
        XCTAssertEqual(draft.channelState, "paid")
        XCTAssertEqual(draft.paidMinor, 1200)
        XCTAssertFalse(draft.isPaidInFull)
        XCTAssertEqual(draft.ext, "A-1")
        XCTAssertEqual(draft.details, Sample.fragment(try JSON(parsing: full)))
    }

    func testTheLeastSaleIsPaidInFullAndGetsItsNumberAndDay() throws {
        let draft = try PointOfSale.made().translated(#"{"register":"till-7","receipt":"1009"}"#) { $0.ext = nil }

        XCTAssertEqual(draft.ext, "till-7:1009")
        XCTAssertEqual(draft.state, .completed)
        XCTAssertTrue(draft.isPaidInFull)
        XCTAssertEqual(
            draft.details.text, #"{"business_day":"2026-11-22","receipt":"1009","register":"till-7"}"#)
    }

    func testTheBusinessDayIsTheTenantsDayOfTheSale() throws {
        for (placedAt, day) in [("2026-07-01T21:59:59Z", "2026-07-01"), ("2026-07-01T22:00:00Z", "2026-07-02")] {
            let draft = try PointOfSale.made().translated(#"{"register":"7","receipt":"1"}"#) {
                $0.placedAt = try Instant(parsing: placedAt, zone: .gmt)
            }

            XCTAssertEqual(try JSON(parsing: draft.details.text)["business_day"], .string(day), placedAt)
        }
    }

    func testABusinessDayGoesOnAfterMidnightUntilTheNextBegins() throws {
        let pos = try PointOfSale.made(["day_begins": "4"])
        for (placedAt, day) in [
            ("2026-07-02T01:59:59Z", "2026-07-01"), ("2026-07-02T02:00:00Z", "2026-07-02"),
            // The clocks go back from 3 to 2 and forward from 2 to 3.
            ("2026-10-25T02:59:59Z", "2026-10-24"), ("2026-10-25T03:00:00Z", "2026-10-25"),
            ("2026-03-29T01:59:59Z", "2026-03-28"), ("2026-03-29T02:00:00Z", "2026-03-29"),
        ] {
            let draft = try pos.translated(#"{"register":"7","receipt":"1"}"#) {
                $0.placedAt = try Instant(parsing: placedAt, zone: .gmt)
            }

            XCTAssertEqual(try JSON(parsing: draft.details.text)["business_day"], .string(day), placedAt)
        }
    }

    func testAGivenStateIsKeptAndAnOpenTabIsNotPaid() throws {
        let least = #"{"register":"7","receipt":"1"}"#
        let open = try PointOfSale.made().translated(least) { $0.give(.open, "open") }
        let commonlyOpen = try PointOfSale.made().translated(least) { $0.give(.open) }
        let voided = try PointOfSale.made().translated(least) { $0.give(.cancelled) }

        XCTAssertEqual(open.state, .open)
        XCTAssertFalse(open.isPaidInFull)
        XCTAssertEqual(commonlyOpen.state, .open)
        XCTAssertNil(commonlyOpen.channelState)
        XCTAssertFalse(commonlyOpen.isPaidInFull)
        XCTAssertEqual(voided.state, .cancelled)
        XCTAssertFalse(voided.isPaidInFull)
    }

    func testTendersOfAReturnGoBack() throws {
        let draft = try PointOfSale.made().translated(full) { $0.kind = .return }

        XCTAssertEqual(draft.paidMinor, -1200)
    }

    func testAnAddressForTheReceiptIsNoConsent() throws {
        let draft = try PointOfSale.made().translated(full)

        XCTAssertEqual(draft.consent, [])
        XCTAssertEqual(draft.buyer, .anonymous)
    }

    func testAllThatIsMissingIsToldAtOnce() throws {
        let pos = try PointOfSale.made()

        pos.assertRefused("{}", .incomplete(["register", "receipt"]))
        pos.assertRefused(
            #"{"register":"","receipt":"1","tenders":[{"kind":"cash"},{"amount":"1"}]}"#,
            .incomplete(["register", "tenders[0].amount", "tenders[1].kind"]))
    }

    func testWrongDetailsAreRefused() throws {
        let pos = try PointOfSale.made()
        let atLeast = "an amount of at least 0 is needed here"
        for (member, path, reason) in [
            (#""register":{}"#, "register", "text is needed here"),
            (#""receipt":[]"#, "receipt", "text is needed here"),
            (#""cashier":true"#, "cashier", "text is needed here"),
            (#""location":[]"#, "location", "text is needed here"),
            (#""e_receipt":{}"#, "e_receipt", "text is needed here"),
            (#""business_day":"today""#, "business_day", "not a date and time: today"),
            (#""business_day":"2026-02-30""#, "business_day", "not a date and time: 2026-02-30"),
            (#""business_day":"2026-02-03T10:00""#, "business_day", "a day such as 2026-11-22 is needed here"),
            (#""tenders":"cash""#, "tenders", "a list is needed here"),
            (#""tenders":[{"kind":[],"amount":1}]"#, "tenders[0].kind", "text is needed here"),
            (#""tenders":[{"kind":"cash","amount":"-1"}]"#, "tenders[0].amount", atLeast),
            (#""tenders":[{"kind":"cash","amount":"1,50"}]"#, "tenders[0].amount", "not a decimal number: 1,50"),
            (#""change":"-1""#, "change", atLeast),
            (
                #""tenders":[{"kind":"a","amount":"92233720368547758.07"},{"kind":"b","amount":"0.01"}]"#,
                "tenders[1].amount", "number out of range"
            ),
        ] {
            // The last of equal names counts.
            pos.assertRefused(String(full.dropLast()) + ",\(member)}", .badDetail(path, reason))
        }
    }

    func testNoMoreChangeIsGivenThanWasTaken() throws {
        try PointOfSale.made().assertRefused(
            String(full.dropLast()) + #","change":"15.01"}"#,
            ChannelRefusal("change-exceeds-tenders", "more change is given back than was taken"))
    }

    func testItsStatesStandForTheCommonOnes() throws {
        XCTAssertEqual(try PointOfSale.made().stateMap(), ["paid=completed", "open=open", "voided=cancelled"])
        XCTAssertTrue(PointOfSale.descriptor.capabilities.contains(.anonymousOrders))
    }

    func testTheAddressIsFoundAndErasedAndTheCashierStays() throws {
        XCTAssertEqual(try PointOfSale.personal(full), [#""ann@example.org""#])
        XCTAssertEqual(
            try PointOfSale.erased(full),
            """
            {"business_day":"2026-11-21","cashier":"Mo","change":"3.00","e_receipt":null,"location":"Altstadt",\
            "receipt":1009,"register":"7","tenders":[{"amount":"5.00","kind":"voucher"},{"amount":"10","kind":"cash"}]}
            """)
    }

    func testLinesAreReadableBeforeAndAfterErasure() throws {
        let pos = try PointOfSale.made()
        let before = [
            "Location: Altstadt", "Register: 7", "Receipt: 1009", "Cashier: Mo", "Business day: 2026-11-21",
            "Tender: voucher 5.00", "Tender: cash 10", "Change: 3.00",
        ]

        XCTAssertEqual(try pos.texts(full), before + ["Receipt sent to: ann@example.org"])
        XCTAssertEqual(try pos.texts(try PointOfSale.erased(full)), before)
    }
}
