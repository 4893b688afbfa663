import Booking
import ChannelKit
import XCTest

/// What customers are told of their bookings.
final class BookingMailTests: XCTestCase {
    private let slot = #"{"service":"haircut","start":"2026-12-01T10:00"}"#

    private func salon(_ language: String?, mails: String = "true", email: String? = "ann@example.org") throws
        -> (shop: BookingShop, buyer: BuyerDescription)
    {
        var shop = try BookingShop(["mails": mails, "requested_hours": "24"])
        try shop.ask("set-service", #"{"service":"haircut","name":"Hair cut","duration":45}"#)
        shop.occasion.actor = .channel("web")
        var fields = CustomerFields()
        let country = try Country("DE")
        try fields.set(.name, to: "Ann", country: country)
        try fields.set(.email, to: email, country: country)
        try fields.set(.language, to: language, country: country)
        return (shop, BuyerDescription(fields: fields, ext: nil, snapshot: .emptyObject))
    }

    /// Books as Ann, confirms, moves and cancels.
    private func goThrough(_ shop: BookingShop, _ buyer: BuyerDescription) throws {
        try shop.book(slot, ext: "a") { $0.buyer = .described(buyer) }
        try shop.ask("confirm", #"{"ext":"a"}"#)
        try shop.ask("reschedule", #"{"ext":"a","start":"2026-12-02T23:30"}"#)
        try shop.ask("cancel", #"{"ext":"a"}"#)
    }

    func testACustomerIsToldInTheOwnLanguage() throws {
        let expected = [
            "de": [
                "Ihr Termin bei Acme am 01.12.2026 um 10:00 Uhr",
                "Ihr Termin bei Acme ist jetzt am 02.12.2026 um 23:30 Uhr",
                "Ihr Termin bei Acme am 02.12.2026 ist abgesagt",
            ],
            "tr": [
                "Acme randevunuz: 01.12.2026, saat 10:00", "Acme randevunuzun yeni zamanı: 02.12.2026, saat 23:30",
                "02.12.2026 tarihli Acme randevunuz iptal edildi",
            ],
            "en": [
                "Your booking with Acme on 2026-12-01 at 10:00", "Your booking with Acme is now on 2026-12-02 at 23:30",
                "Your booking with Acme on 2026-12-02 is cancelled",
            ],
        ]
        for (language, subjects) in expected {
            let (shop, buyer) = try salon(language)
            try goThrough(shop, buyer)
            XCTAssertEqual(try shop.mails().map(\.subject), subjects)
        }
        let (shop, buyer) = try salon("en")
        try goThrough(shop, buyer)
        XCTAssertEqual(
            try shop.mails().map(\.text)[1],
            """
            Hello,

            your booking has been moved and is now:

            Hair cut
            2026-12-02, 23:30 – 2026-12-03 00:15
            Europe/Berlin

            Acme

            """)
    }

    func testAShopThatWantsNoMailsSendsNone() throws {
        let (shop, buyer) = try salon("en", mails: "false")
        try goThrough(shop, buyer)
        XCTAssertEqual(try shop.mails().map(\.subject), [])
    }

    func testWhoHasNoAddressIsToldNothing() throws {
        let (shop, buyer) = try salon("en", email: nil)
        try goThrough(shop, buyer)
        XCTAssertEqual(try shop.mails().map(\.subject), [])
    }

    func testARequestIsTakenSilentlyAndItsEndIsTold() throws {
        var (shop, buyer) = try salon("en")
        try shop.book(slot, ext: "a") { $0.buyer = .described(buyer) }
        try shop.update(try XCTUnwrap(shop.order("a")), #"{"note":"window"}"#)
        XCTAssertEqual(try shop.mails().map(\.subject), [])

        shop.occasion.at = try Instant(parsing: "2026-11-24T10:00:00Z", zone: .gmt)
        try shop.wake()

        XCTAssertEqual(try shop.mails().map(\.subject), ["Your request for a booking with Acme on 2026-12-01"])
    }

    func testNobodyIsToldOfWhatIsOver() throws {
        var (shop, buyer) = try salon("en")
        shop.occasion.actor = .staff("lena")
        try shop.book(slot.replacing("2026-12-01", with: "2026-11-01"), ext: "a") { $0.buyer = .described(buyer) }
        try shop.ask("confirm", #"{"ext":"a"}"#)
        try shop.ask("cancel", #"{"ext":"a"}"#)
        XCTAssertEqual(try shop.mails().map(\.subject), [])
    }
}
