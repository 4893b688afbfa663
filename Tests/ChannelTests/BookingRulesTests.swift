import Booking
import ChannelKit
import XCTest

/// What others than staff may not say of a booking: another price, another time than one to come, an early end.
final class BookingRulesTests: XCTestCase {
    private let slot = #"{"service":"haircut","start":"2026-12-01T10:00"}"#

    /// A shop with a service for 32.00 EUR and one for 8.00 EUR a person, as its web page sees it.
    private func salon(_ settings: [String: String] = [:]) throws -> BookingShop {
        var shop = try BookingShop(settings)
        try shop.ask(
            "set-service", #"{"service":"haircut","name":"Hair cut","duration":45,"price":"32","tax_rate":"19"}"#)
        try shop.ask(
            "set-service", #"{"service":"talk","duration":60,"seats":9,"price":"8.00","price_per":"person"}"#)
        try shop.ask("set-service", #"{"service":"advice","duration":60}"#)
        shop.occasion.actor = .channel("web")
        return shop
    }

    private func line(_ sku: String?, _ price: String, _ quantity: String = "1", name: String? = nil) throws
        -> OrderLine
    {
        OrderLine(
            sku: sku, name: name, quantity: try Quantity(parsing: quantity), unitPrice: try UnitPrice(parsing: price),
            taxRate: nil)
    }

    func testAnothersTotalMustBeWhatTheServiceComesTo() throws {
        let shop = try salon()

        XCTAssertThrowsError(try shop.book(slot)) {
            XCTAssertEqual(
                $0 as? OrderError,
                .totalMismatch(
                    computed: Money(minor: 3200, currency: shop.occasion.shop.currency),
                    declared: Money(minor: 1200, currency: shop.occasion.shop.currency)))
        }
        let euro = shop.occasion.shop.currency
        let order = try shop.book(slot) { $0.declared = Money(minor: 3200, currency: euro) }

        XCTAssertEqual(order.amounts.total.text, "32.00")
        XCTAssertEqual(order.amounts.tax.text, "5.11")
    }

    func testStaffMayAgreeOnAnotherPrice() throws {
        var shop = try salon()
        shop.occasion.actor = .staff("lena")

        XCTAssertEqual(try shop.book(slot).amounts.total.text, "12.00")
    }

    func testAnothersLinesMustHaveTheServicesOwn() throws {
        let shop = try salon()
        let cheap = [try line("haircut", "0.01")]
        let twice = [try line("haircut", "32"), try line("Haircut", "32")]
        let none = [try line("shampoo", "32")]
        let lessened = [try line("haircut", "32"), try line("friend", "5", "-1")]
        for lines in [cheap, twice, none, lessened] {
            let refusal = try assertSlug("wrong-price") {
                try shop.book(self.slot) { ($0.lines, $0.declared) = (lines, nil) }
            }
            XCTAssertEqual(refusal?.kind, .rejected)
            XCTAssertEqual(
                refusal?.description,
                "Hair cut costs 32.00 EUR; staff alone may agree on something else, and a coupon takes something off")
        }
        let more = [try line(nil, "32", name: "hair cut"), try line("shampoo", "6.50")]
        let order = try shop.book(slot) { ($0.lines, $0.declared) = (more, nil) }

        XCTAssertEqual(order.amounts.total.text, "38.50")
        XCTAssertEqual(order.amounts.tax.text, "5.11")
    }

    func testAPriceForEachPersonIsForAllOfThem() throws {
        let shop = try salon()
        let party = #"{"service":"talk","start":"2026-12-01T10:00","party_size":3}"#
        let one = [try line("talk", "8")]
        try assertSlug("wrong-price") { try shop.book(party) { ($0.lines, $0.declared) = (one, nil) } }

        XCTAssertEqual(try shop.book(party) { $0.declared = nil }.amounts.total.text, "24.00")
    }

    func testAPricedServiceIsNotExchangedForAnother() throws {
        var shop = try salon()
        let euro = shop.occasion.shop.currency
        let order = try shop.book(slot) { $0.declared = Money(minor: 3200, currency: euro) }
        for service in ["advice", "talk", "walk"] {
            let other = #"{"service":"\#(service)","end":"2026-12-01T11:00"}"#
            let refusal = try assertSlug("service-fixed") { try shop.update(order, other) }
            XCTAssertEqual(refusal?.kind, .conflict)
        }
        let same = try shop.update(order, #"{"service":"HAIRCUT"}"#)

        shop.occasion.actor = .staff("lena")
        XCTAssertEqual(try shop.update(same, #"{"service":"advice"}"#).rev, 3)
    }

    func testAnothersCurrencyIsNoWayRoundThePrice() throws {
        let shop = try salon()
        let lira = try Currency("TRY")
        try assertSlug("wrong-price") {
            try shop.book(self.slot) { ($0.currency, $0.declared) = (lira, Money(minor: 100, currency: lira)) }
        }
    }

    func testWhatHasNoPriceCostsWhatTheCallerSaysOrNothing() throws {
        let shop = try salon()
        let advice = #"{"service":"advice","start":"2026-12-01T10:00"}"#

        XCTAssertEqual(try shop.book(advice).amounts.total.text, "12.00")
        let later = advice.replacing("T10", with: "T12")
        XCTAssertEqual(try shop.book(later, ext: "b") { $0.declared = nil }.amounts.total.text, "0.00")
    }

    func testOthersThanStaffBookNothingThatHasBegun() throws {
        var shop = try salon()
        let walk = #"{"service":"walk","end":"2026-11-24","time_zone":"Europe/Berlin","start":"#
        // It is 11:00 in Berlin.
        for start in [#""2026-11-22T10:59"}"#, #""2026-11-21"}"#] {
            let refusal = try assertSlug("in-the-past") { try shop.book(walk + start) }
            XCTAssertEqual(refusal?.kind, .rejected)
        }
        try assertSlug("in-the-past") {
            try shop.book(walk + #""2026-11-21"}"#) { draft in
                (draft.state, draft.channelState, draft.isStateGiven) = (.completed, "no-show", true)
            }
        }
        try shop.book(walk + #""2026-11-22T11:00"}"#, ext: "now")
        try shop.book(walk + #""2026-11-22"}"#, ext: "today")
        let moved = { (shop: BookingShop) in
            try shop.ask("reschedule", #"{"ext":"now","start":"2026-11-20T09:00"}"#).first?["state"]
        }
        try assertSlug("in-the-past") { try moved(shop) }

        shop.occasion.actor = .staff("lena")
        XCTAssertEqual(try moved(shop), .string("requested"))
        try shop.book(walk + #""2026-11-01"}"#, ext: "then")
    }

    func testNobodyHasComeOrStayedAwayBeforeTheTime() throws {
        var shop = try salon()
        let euro = shop.occasion.shop.currency
        let order = try shop.book(slot, ext: "a") { $0.declared = Money(minor: 3200, currency: euro) }
        let web = shop
        shop.occasion.actor = .staff("lena")
        for (state, from) in [("attended", "2026-12-01T08:00:00Z"), ("no-show", "2026-12-01T09:00:00Z")] {
            for attempt in [
                { _ = try shop.ask(state == "attended" ? "attend" : "no-show", #"{"ext":"a"}"#) },
                { _ = try shop.update(order, state: state) },
                {
                    _ = try web.book(self.slot.replacing("T10", with: "T14")) { draft in
                        (draft.state, draft.channelState, draft.isStateGiven) = (.completed, state, true)
                        draft.declared = nil
                    }
                },
            ] as [() throws -> Void] {
                let refusal = try assertSlug("not-yet", attempt)
                XCTAssertEqual(refusal?.kind, .conflict)
                XCTAssertEqual(refusal?.details.first?.name, "from")
            }
            let refusal = try assertSlug("not-yet") { try shop.update(order, state: state) }
            XCTAssertEqual(refusal?.details.first?.value, .string(from))
        }

        shop.occasion.at = try Instant(parsing: "2026-12-01T08:00:00Z", zone: .gmt)
        try shop.ask("attend", #"{"ext":"a"}"#)
        shop.occasion.at = try Instant(parsing: "2026-12-01T09:00:00Z", zone: .gmt)
        XCTAssertEqual(try shop.ask("no-show", #"{"ext":"a"}"#).first?["state"], .string("no-show"))
    }

    func testTheTimeToComeIsTheShopsToSay() throws {
        var shop = try salon(["attend_minutes": ""])
        shop.occasion.actor = .staff("lena")
        try shop.book(slot, ext: "a")
        XCTAssertEqual(try shop.ask("attend", #"{"ext":"a"}"#).first?["state"], .string("attended"))

        XCTAssertThrowsError(try Booking.made(["attend_minutes": "soon"])) {
            XCTAssertEqual(
                $0 as? ChannelRefusal, .badValue("attend_minutes", "minutes from 0 to 527040 are needed, or nothing"))
        }
    }
}
