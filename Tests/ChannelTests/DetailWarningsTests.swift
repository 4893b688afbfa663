import Booking
import ChannelKit
import Events
import ManualEntry
import OnlineShop
import PointOfSale
import XCTest

/// What a caller is told of details that the channel does not know.
final class DetailWarningsTests: XCTestCase {
    private func warnings(_ channel: any ChannelPlugin.Type, _ details: String) throws -> [String] {
        channel.descriptor.warnings(ofDetails: try JSON(parsing: details))
    }

    func testWhatLooksLikeAKnownMemberIsNamed() throws {
        XCTAssertEqual(
            try warnings(
                OnlineShop.self,
                #"{"shipping_costs":"4.90","vatId":"DE1","fulfillment":{"state":"fulfilled"},"gift":"yes"}"#),
            [
                "details.shipping_costs means nothing to online-shop and is only kept; is shipping meant?",
                "details.vatId means nothing to online-shop and is only kept; is vat_id meant?",
                "details.fulfillment means nothing to online-shop and is only kept; is fulfilment meant?",
            ])
    }

    func testWhatIsNoMemberOfAnObjectThatTheChannelReadsIsNamed() throws {
        XCTAssertEqual(
            try warnings(OnlineShop.self, #"{"shipping":{"cost":"4.90","address":{"anything":1}}}"#),
            [
                "details.shipping.cost means nothing to online-shop and is only kept; there it reads address, amount, "
                    + "method, tax_rate"
            ])
        XCTAssertEqual(
            try warnings(
                Events.self, #"{"event":"x","tickets":[{"type":"a"},{"type":"a","attendee":"Bo","email":"b@x.org"}]}"#),
            [
                "details.tickets[1].email means nothing to events and is only kept; there it reads attendee, note, "
                    + "seat, type"
            ])
        XCTAssertEqual(
            try warnings(PointOfSale.self, #"{"register":"1","tenders":[{"kind":"cash","amont":"1"}]}"#),
            ["details.tenders[0].amont means nothing to pos and is only kept; is amount meant?"])
    }

    func testWhatAChannelKnowsOrWasNeverMeantForItIsNotNamed() throws {
        XCTAssertEqual(
            try warnings(
                Booking.self,
                """
                {"service":"cut","start":"2026-12-01T10:00","participant":{"name":"Bo","email":"b@x.org"},"note":"x",
                "start_at":"2026-12-01T09:00:00Z","former":[{"start_at":"2026-11-01T09:00:00Z"}],"colour":"red"}
                """), [])
        XCTAssertEqual(
            try warnings(ManualEntry.self, #"{"source":"phone","verbal_consent":{"heard_by":"Lena"},"ref":{"a":1}}"#),
            [])
        XCTAssertEqual(
            try warnings(
                OnlineShop.self,
                #"{"fulfilment":{"state":"fulfilled","tracking":[{"carrier":"DHL","number":"1","shipment":1}]}}"#), [])
    }

    func testNotMoreThanTwentyAreNamed() throws {
        let members = (1...50).map { #""x\#($0)":1"# }.joined(separator: ",")
        XCTAssertEqual(try warnings(OnlineShop.self, "{\"shipping\":{\(members)}}").count, 20)
    }
}
