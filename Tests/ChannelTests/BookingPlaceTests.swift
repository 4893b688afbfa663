import Booking
import ChannelKit
import XCTest

/// Who gets which place at which time.
final class BookingPlaceTests: XCTestCase {
    private func salon() throws -> BookingShop {
        let shop = try BookingShop()
        try shop.ask("set-resource", #"{"resource":"Chair 1"}"#)
        try shop.ask("set-resource", #"{"resource":"Chair 2"}"#)
        try shop.ask(
            "set-service",
            """
            {"service":"Haircut","duration":45,"before":5,"after":10,"price":"32.00","tax_rate":"19",
            "resources":["Chair 1","Chair 2"]}
            """)
        return shop
    }

    private func studio(capacity: Int = 10) throws -> BookingShop {
        let shop = try BookingShop()
        try shop.ask("set-resource", #"{"resource":"Studio","capacity":\#(capacity)}"#)
        try shop.ask("set-service", #"{"service":"yoga","duration":60,"seats":8,"resources":["Studio"]}"#)
        try shop.ask("set-service", #"{"service":"pilates","duration":60,"seats":8,"resources":["Studio"]}"#)
        try shop.ask("set-service", #"{"service":"private","duration":60,"resources":["Studio"]}"#)
        return shop
    }

    private func at(_ time: String, _ service: String = "haircut", _ more: String = "") -> String {
        #"{"service":"\#(service)","start":"2026-12-01T\#(time)"\#(more)}"#
    }

    func testAServiceTellsTheEndTheZoneTheResourceAndThePrice() throws {
        let order = try salon().book(at("10:00")) { $0.declared = nil }
        let details = try JSON(parsing: order.details.bytes)

        XCTAssertEqual(details["end"], .string("2026-12-01T10:45"))
        XCTAssertEqual(details["end_at"], .string("2026-12-01T09:45:00Z"))
        XCTAssertEqual(details["time_zone"], .string("Europe/Berlin"))
        XCTAssertEqual(details["resource"], .string("Chair 1"))
        XCTAssertEqual(order.amounts.total.text, "32.00")
        XCTAssertEqual(order.amounts.tax.text, "5.11")
    }

    func testAPriceTheCallerGivesIsKept() throws {
        XCTAssertEqual(try salon().book(at("10:00")).amounts.total.text, "12.00")
    }

    func testAServiceWithoutAPriceIsFreeAndAnotherCurrencyHasNoPrice() throws {
        XCTAssertEqual(try studio().book(at("10:00", "yoga")) { $0.declared = nil }.amounts.total.text, "0.00")
        XCTAssertThrowsError(
            try salon().book(at("10:00")) { draft in
                try draft.sell(in: "USD")
                draft.declared = nil
            }
        ) {
            XCTAssertEqual(($0 as? OrderError)?.slug, "incomplete")
        }
    }

    func testThePreferredResourceIsTakenFirstAndTheNextOneThen() throws {
        let shop = try salon()
        let resources = try (0..<2).map { _ in try JSON(parsing: shop.book(at("10:00")).details.bytes)["resource"] }

        XCTAssertEqual(resources, [.string("Chair 1"), .string("Chair 2")])
        let refusal = try assertSlug("double-booked") { try shop.book(at("10:30")) }
        XCTAssertEqual(refusal?.kind, .conflict)
        let taken = refusal?.details.first { $0.name == "taken" }?.value.arrayValue
        XCTAssertEqual(taken?.count, 1)
        XCTAssertEqual(taken?.first?["start"], .string("2026-12-01T10:00"))
        XCTAssertEqual(taken?.first?["end_at"], .string("2026-12-01T09:45:00Z"))
    }

    func testBuffersKeepBookingsApartToTheMinute() throws {
        let shop = try salon()
        let chair = #","resource":"Chair 1""#
        try shop.book(at("10:00", "haircut", chair))

        try assertSlug("double-booked") { try shop.book(at("10:59", "haircut", chair)) }
        try assertSlug("double-booked") { try shop.book(at("09:01", "haircut", chair)) }
        try shop.book(at("11:00", "haircut", chair))
        try shop.book(at("09:00", "haircut", chair))
    }

    func testAClassIsFullWhenItsSeatsAreTaken() throws {
        let shop = try studio()
        try shop.book(at("10:00", "yoga", #","party_size":5"#))

        let refusal = try assertSlug("double-booked") { try shop.book(at("10:00", "yoga", #","party_size":4"#)) }
        XCTAssertEqual(refusal?.details.first { $0.name == "left" }?.value, .number("3"))
        try shop.book(at("10:00", "yoga", #","party_size":3"#))
        try assertSlug("double-booked") { try shop.book(at("10:59", "yoga")) }
        try shop.book(at("11:00", "yoga", #","party_size":8"#))
    }

    func testRoomIsCountedAtEachInstantNotInPairs() throws {
        let shop = try studio(capacity: 3)
        // Each two of these overlap, but never all three, so there is room for one more the whole time.
        try shop.book(at("10:00", "yoga"))
        try shop.book(at("10:30", "pilates"))
        try shop.book(at("11:00", "yoga"))

        try shop.book(at("10:30", "yoga"))
        try assertSlug("double-booked") { try shop.book(at("10:30", "pilates")) }
        try assertSlug("double-booked") { try shop.book(at("10:15", "yoga", #","party_size":2"#)) }
    }

    func testServicesThatShareAResourceShareItsRoom() throws {
        let shop = try studio()
        try shop.book(at("10:00", "yoga", #","party_size":8"#))

        try assertSlug("double-booked") { try shop.book(at("10:00", "pilates", #","party_size":3"#)) }
        try assertSlug("double-booked") { try shop.book(at("10:30", "private")) }
        try shop.book(at("10:00", "pilates", #","party_size":2"#))
        try shop.book(at("11:00", "private"))
        try assertSlug("double-booked") { try shop.book(at("11:30", "yoga")) }
    }

    func testAPartyThatNeverFitsIsToldSo() throws {
        let shop = try studio(capacity: 6)

        try assertSlug("over-capacity") { try shop.book(at("10:00", "yoga", #","party_size":7"#)) }
        try assertSlug("over-capacity") { try shop.book(at("10:00", "private", #","party_size":7"#)) }
    }

    func testAServiceWithoutResourcesIsDoneByTheShopAsAWhole() throws {
        let shop = try BookingShop()
        try shop.ask("set-service", #"{"service":"advice","duration":30}"#)
        try shop.book(at("10:00", "advice", #","party_size":4"#))

        try assertSlug("double-booked") { try shop.book(at("10:29", "advice")) }
        try shop.book(at("10:30", "advice"))
        try shop.book(at("10:00", "advice", #","resource":"Lena""#))
        try assertSlug("double-booked") { try shop.book(at("10:15", "advice", #","resource":" LENA""#)) }
    }

    func testWhatNobodySetUpIsFreeText() throws {
        let shop = try salon()
        let text = #"{"service":"Walk","start":"2026-12-01T10:00","end":"2026-12-01T11:00","time_zone":"UTC"}"#
        for _ in 0..<2 { try shop.book(text) }

        XCTAssertThrowsError(try shop.book(#"{"service":"Walk","start":"2026-12-01T10:00"}"#)) {
            XCTAssertEqual($0 as? ChannelRefusal, .incomplete(["end", "time_zone"]))
        }
        // A resource that is set up is looked after whatever it is booked for.
        let chair = String(text.dropLast()) + #","resource":"chair 1"}"#
        try shop.book(chair)
        try assertSlug("double-booked") { try shop.book(chair) }
    }

    func testWhatWasFreeTextKeepsItsPlaceOnceItIsSetUp() throws {
        let shop = try BookingShop()
        let text =
            #"{"service":"Walk","resource":"Dog","start":"2026-12-01T10:00","end":"2026-12-01T11:00","#
            + #""time_zone":"UTC"}"#
        for day in ["2026-12-01", "2026-12-02"] { try shop.book(text.replacing("2026-12-01", with: day)) }
        let gone = try shop.book(text.replacing("2026-12-01", with: "2026-12-03"))
        try shop.update(gone, state: "cancelled")

        try shop.ask("set-resource", #"{"resource":"dog"}"#)
        try shop.ask("set-service", #"{"service":"walk","after":30,"resources":["dog"]}"#)

        try assertSlug("double-booked") { try shop.book(text.replacing("Walk", with: "Bath")) }
        try assertSlug("double-booked") { try shop.book(text.replacing("2026-12-01", with: "2026-12-02")) }
        try shop.book(text.replacing("2026-12-01", with: "2026-12-03"))
        XCTAssertEqual(try shop.ask("list", #"{"resource":"dog","service":"walk"}"#).count, 3)
    }

    func testAResourceThatDoesNotDoItOrNoLongerIsRefused() throws {
        let shop = try salon()
        try shop.ask("set-resource", #"{"resource":"chair 1","active":false}"#)

        try assertSlug("wrong-resource") { try shop.book(at("10:00", "haircut", #","resource":"Chair 3""#)) }
        try assertSlug("resource-inactive") { try shop.book(at("10:00", "haircut", #","resource":"Chair 1""#)) }
        XCTAssertEqual(try JSON(parsing: shop.book(at("10:00")).details.bytes)["resource"], .string("Chair 2"))
        try shop.ask("set-service", #"{"service":"haircut","active":false}"#)
        try assertSlug("service-inactive") { try shop.book(at("12:00")) }
    }

    func testEveryWayOutFreesThePlace() throws {
        for way in ["cancelled", "refund", "expired", "no-show"] {
            var shop = try BookingShop()
            try shop.ask("set-service", #"{"service":"advice","duration":30}"#)
            let order = try shop.book(at("10:00", "advice"))
            try assertSlug("double-booked") { try shop.book(at("10:00", "advice")) }

            // Nobody has stayed away before it begins.
            shop.occasion.at = try Instant(parsing: "2026-12-01T09:00:00Z", zone: .gmt)
            try shop.database.write { [channel = shop.channel, occasion = shop.occasion] transaction in
                var change = OrderChange()
                switch way {
                case "refund":
                    // What is told beside counts as paid before.
                    change.isPaidInFull = true
                    change.state = .refunded
                case "expired": change.state = .expired
                default:
                    change.channelState = way
                    change.state = try Booking.descriptor.state(for: way)
                }
                try ChannelTransaction(transaction, channel, occasion).update(order, change)
            }

            try shop.book(at("10:00", "advice"))
        }
    }

    func testWhoCameAfterAllGetsNoPlaceThatWasGivenAway() throws {
        let shop = try BookingShop()
        try shop.ask("set-service", #"{"service":"advice","duration":30}"#)
        let order = try shop.book(#"{"service":"advice","start":"2026-11-20T10:00"}"#, ext: "a")
        try shop.ask("no-show", #"{"ext":"a"}"#)
        let other = try shop.book(#"{"service":"advice","start":"2026-11-20T10:10"}"#)

        try assertSlug("double-booked") { try shop.ask("attend", #"{"ext":"a"}"#) }
        try shop.update(other, state: "cancelled")
        XCTAssertEqual(try shop.ask("attend", #"{"id":\#(order.id.rawValue)}"#).first?["state"], .string("attended"))
    }

    func testTestsHaveACalendarOfTheirOwn() throws {
        let shop = try salon()
        let chair = at("10:00", "haircut", #","resource":"Chair 1""#)
        try shop.book(chair) { $0.isTest = true }

        try assertSlug("double-booked") { try shop.book(chair) { $0.isTest = true } }
        try shop.book(chair)
    }

    func testAReturnTakesNoPlace() throws {
        let shop = try salon()
        try shop.book(at("10:00")) { $0.kind = .return }

        XCTAssertEqual(try JSON(parsing: shop.book(at("10:00")).details.bytes)["resource"], .string("Chair 1"))
    }

    func testTheSameOrderAgainIsTheSameBooking() throws {
        let shop = try salon()
        let first = try shop.book(at("10:00"), ext: "a")

        XCTAssertEqual(try shop.book(at("10:00"), ext: "a").id, first.id)
        XCTAssertEqual(try shop.ask("list").count, 1)
    }

    func testALongBookingStandsInTheWayOfAShortOneFarFromItsEnds() throws {
        let shop = try BookingShop()
        try shop.ask("set-resource", #"{"resource":"House"}"#)
        let long = #"{"service":"Rent","resource":"House","start":"2026-12-01","end":"2027-11-01","time_zone":"UTC"}"#
        try shop.book(long)

        try assertSlug("double-booked") {
            try shop.book(
                """
                {"service":"Rent","resource":"House","start":"2027-05-01T10:00","end":"2027-05-01T10:01",
                "time_zone":"UTC"}
                """)
        }
        try assertSlug("too-long") {
            try shop.book(long.replacing("2027-11-01", with: "2028-11-03").replacing("2026-12", with: "2027-11"))
        }
    }
}
