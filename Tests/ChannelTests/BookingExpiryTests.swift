import Booking
import ChannelKit
import XCTest

/// Requests that nobody confirms.
final class BookingExpiryTests: XCTestCase {
    private let slot = #"{"service":"haircut","resource":"Chair 1","start":"2026-12-20T10:00"}"#

    /// A shop with one chair as its web page sees it; requests expire after a day.
    private func salon(_ settings: [String: String] = ["requested_hours": "24"]) throws -> BookingShop {
        var shop = try BookingShop(settings)
        try shop.ask("set-resource", #"{"resource":"Chair 1"}"#)
        try shop.ask("set-service", #"{"service":"haircut","duration":45,"resources":["Chair 1"]}"#)
        shop.occasion.actor = .channel("web")
        return shop
    }

    private func state(_ shop: BookingShop, _ ext: String = "a") throws -> String? {
        try shop.ask("list", #"{"cancelled":true}"#).first { $0["ext"]?.stringValue == ext }?["state"]?.stringValue
    }

    func testARequestThatNobodyConfirmsExpiresAndGivesItsPlaceBack() throws {
        var shop = try salon()
        let order = try shop.book(slot, ext: "a")
        XCTAssertEqual(try shop.wakeTime(), "2026-11-23T10:00:00Z")

        shop.occasion.at = try Instant(parsing: "2026-11-23T09:59:59Z", zone: .gmt)
        try shop.wake()
        XCTAssertEqual(try state(shop), "requested")
        try assertSlug("double-booked") { try shop.book(self.slot, ext: "b") }
        shop.occasion.at = try Instant(parsing: "2026-11-23T10:00:00Z", zone: .gmt)
        try shop.wake()

        XCTAssertEqual(try state(shop), "expired")
        XCTAssertEqual(try shop.topics(of: order), ["order.registered", "order.updated", "booking.expired"])
        try shop.book(slot, ext: "b")
        XCTAssertEqual(try shop.wakeTime(), "2026-11-24T10:00:00Z")
    }

    func testWhatWasConfirmedOrCancelledDoesNotExpire() throws {
        for verb in ["confirm", "cancel"] {
            var shop = try salon()
            try shop.book(slot, ext: "a")
            try shop.ask(verb, #"{"ext":"a"}"#)
            let before = try state(shop)
            shop.occasion.at = try Instant(parsing: "2026-12-01T10:00:00Z", zone: .gmt)
            try shop.wake()
            XCTAssertEqual(try state(shop), before)
        }
    }

    func testAMovedRequestGetsItsTimeAnewUnlessTheShopMovedIt() throws {
        var shop = try salon()
        try shop.book(slot, ext: "a")
        shop.occasion.at = try Instant(parsing: "2026-11-23T08:00:00Z", zone: .gmt)
        try shop.ask("reschedule", #"{"ext":"a","start":"2026-12-21T10:00"}"#)
        shop.occasion.at = try Instant(parsing: "2026-11-24T07:00:00Z", zone: .gmt)
        try shop.wake()
        XCTAssertEqual(try state(shop), "requested")
        shop.occasion.actor = .staff("lena")
        try shop.ask("reschedule", #"{"ext":"a","start":"2026-12-22T10:00"}"#)
        shop.occasion.at = try Instant(parsing: "2026-11-24T08:00:00Z", zone: .gmt)
        try shop.wake()

        // It is a request still, but nobody waits for an answer to a time that the shop has named.
        XCTAssertEqual(try state(shop), "requested")
    }

    func testWhatBeginsBeforeOrStaffTookDownOrNeverExpires() throws {
        let soon = slot.replacing("2026-12-20", with: "2026-11-23")
        let hasty = try salon()
        try hasty.book(soon, ext: "a")
        XCTAssertNil(try hasty.wakeTime())

        var own = try salon()
        own.occasion.actor = .staff("lena")
        try own.book(slot, ext: "a")
        XCTAssertNil(try own.wakeTime())

        let patient = try salon(["requested_hours": "0"])
        try patient.book(slot, ext: "a")
        XCTAssertNil(try patient.wakeTime())
    }

    func testAWeekIsUsual() throws {
        let shop = try salon([:])
        try shop.book(slot, ext: "a")
        XCTAssertEqual(try shop.wakeTime(), "2026-11-29T10:00:00Z")
    }

    func testManyRequestsExpireInTurns() throws {
        var shop = try BookingShop(["requested_hours": "24"])
        shop.occasion.actor = .channel("web")
        for number in 0..<101 {
            try shop.book(
                #"{"service":"walk","start":"2026-12-20","end":"2026-12-21","time_zone":"UTC"}"#, ext: "\(number)")
        }
        shop.occasion.at = try Instant(parsing: "2026-11-24T10:00:00Z", zone: .gmt)
        try shop.wake()
        XCTAssertEqual(try shop.ask("list", #"{"limit":200}"#).count, 1)
        XCTAssertEqual(try shop.wakeTime(), "2026-11-23T10:00:00Z")
        try shop.wake()
        XCTAssertEqual(try shop.ask("list", #"{"limit":200}"#).count, 0)
    }
}
