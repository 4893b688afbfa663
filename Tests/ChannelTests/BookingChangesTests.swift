import Booking
import ChannelKit
import XCTest

/// What becomes of bookings: moved, confirmed, attended, missed, cancelled.
final class BookingChangesTests: XCTestCase {
    /// A shop with two chairs and one booking, called a, of the first of them on the first of December, 10:00.
    private func salon(_ settings: [String: String] = [:]) throws -> (BookingShop, Order) {
        let shop = try BookingShop(settings)
        try shop.ask("set-resource", #"{"resource":"Chair 1"}"#)
        try shop.ask("set-resource", #"{"resource":"Chair 2"}"#)
        try shop.ask("set-service", #"{"service":"haircut","duration":45,"resources":["Chair 1","Chair 2"]}"#)
        let order = try shop.book(
            #"{"service":"haircut","start":"2026-12-01T10:00","note":"quiet","participant":{"name":"Bo"}}"#, ext: "a")
        return (shop, order)
    }

    private func move(_ shop: BookingShop, _ arguments: String) throws -> JSON {
        try shop.ask("reschedule", #"{"ext":"a",\#(arguments)}"#)[0]
    }

    func testAPartyThatWasPricedByItsPeopleStays() throws {
        let (shop, _) = try salon()
        try shop.ask(
            "set-service", #"{"service":"talk","duration":60,"seats":9,"price":"8.00","price_per":"person"}"#)
        let order = try shop.book(#"{"service":"talk","start":"2026-12-01T10:00","party_size":2}"#, ext: "t") {
            $0.declared = nil
        }
        XCTAssertEqual(order.amounts.total.text, "16.00")

        let refusal = try assertSlug("party-fixed") { try shop.update(order, #"{"party_size":5}"#) }
        XCTAssertEqual(refusal?.kind, .conflict)
        try assertSlug("party-fixed") { try shop.update(order, #"{"party_size":null}"#) }
        XCTAssertEqual(try shop.update(order, #"{"note":"hello"}"#).amounts.total.text, "16.00")
    }

    func testAMovedBookingKeepsItsIdentityAndAllItsFormerTimes() throws {
        let (shop, order) = try salon()
        try shop.ask("confirm", #"{"ext":"a"}"#)
        _ = try move(shop, #""start":"2026-12-02T11:00""#)
        let moved = try move(shop, #""start":"2026-12-03T09:00","resource":"chair 2""#)

        XCTAssertEqual(moved["id"]?.integerValue, order.id.rawValue)
        XCTAssertEqual(moved["state"], .string("rescheduled"))
        XCTAssertEqual(moved["end"], .string("2026-12-03T09:45"))
        XCTAssertEqual(moved["note"], .string("quiet"))
        XCTAssertEqual(
            moved["former"]?.arrayValue?.map { $0["start_at"] },
            [.string("2026-12-01T09:00:00Z"), .string("2026-12-02T10:00:00Z")])
        let after = try shop.database.read { transaction in
            try ChannelServices(transaction, channel: "booking", Sample.occasion()).order(order.id)
        }
        XCTAssertEqual(
            try Booking.made().texts(after.details.text),
            [
                "Service: haircut", "Resource: chair 2", "Start: 2026-12-03 09:00 Europe/Berlin",
                "End: 2026-12-03 09:45 Europe/Berlin", "Participant: Bo", "Note: quiet",
                "Formerly: 2026-12-01 10:00 Europe/Berlin, Chair 1",
                "Formerly: 2026-12-02 11:00 Europe/Berlin, Chair 1",
            ])
        XCTAssertEqual(
            try shop.topics(of: order),
            [
                "order.registered", "order.updated", "booking.confirmed", "order.updated", "booking.rescheduled",
                "order.updated", "booking.rescheduled",
            ])
    }

    func testAMovedBookingFreesItsOldPlaceAndTakesTheNewOne() throws {
        let (shop, _) = try salon()
        _ = try move(shop, #""start":"2026-12-01T14:00""#)
        let chair = #"{"service":"haircut","resource":"Chair 1","start":"2026-12-01T10:00"}"#

        try shop.book(chair)
        try assertSlug("double-booked") { try shop.book(chair.replacing("T10", with: "T14")) }
        try assertSlug("double-booked") { try self.move(shop, #""start":"2026-12-01T10:15""#) }
        XCTAssertEqual(try move(shop, #""start":"2026-12-01T10:15","resource":"any""#)["resource"], .string("Chair 2"))
        // A booking does not stand in its own way.
        _ = try move(shop, #""start":"2026-12-01T10:30""#)
    }

    func testARefusedMoveLeavesEverythingAsItWas() throws {
        let (shop, order) = try salon()
        try shop.book(#"{"service":"haircut","resource":"Chair 1","start":"2026-12-01T12:00"}"#)
        let before = try shop.ask("list")

        try assertSlug("double-booked") { try self.move(shop, #""start":"2026-12-01T12:30""#) }
        try assertSlug("end-before-start") { try self.move(shop, #""end":"2026-12-01T09:00""#) }
        try assertSlug("bad-value") { try self.move(shop, #""time_zone":"UTC""#) }
        XCTAssertThrowsError(try move(shop, #""start":"2026-12-04T10:00","if_rev":9"#)) {
            XCTAssertEqual($0 as? OrderError, .staleRevision(current: 1))
        }

        XCTAssertEqual(try shop.ask("list"), before)
        XCTAssertEqual(try shop.topics(of: order), ["order.registered"])
    }

    func testChangedDetailsMoveABookingAsReschedulingDoes() throws {
        let (shop, order) = try salon()
        try shop.book(#"{"service":"haircut","resource":"Chair 1","start":"2026-12-01T12:00"}"#)

        try assertSlug("double-booked") {
            try shop.update(order, #"{"start":"2026-12-01T12:30","end":null}"#)
        }
        try assertSlug("wrong-resource") { try shop.update(order, #"{"resource":"Chair 9"}"#) }
        let moved = try shop.update(order, #"{"start":"2026-12-02T12:30","end":null,"former":[]}"#)
        let details = try JSON(parsing: moved.details.bytes)

        XCTAssertEqual(moved.channelState, "requested")
        XCTAssertEqual(details["end"], .string("2026-12-02T13:15"))
        XCTAssertEqual(details["former"]?.arrayValue?.count, 1)
        try shop.book(#"{"service":"haircut","resource":"Chair 1","start":"2026-12-01T10:00"}"#)
    }

    func testOtherDetailsMoveNothing() throws {
        let (shop, order) = try salon()
        let changed = try shop.update(order, #"{"note":"loud"}"#)

        XCTAssertEqual(changed.channelState, "requested")
        XCTAssertNil(try JSON(parsing: changed.details.bytes)["former"])
        XCTAssertEqual(try shop.topics(of: order), ["order.registered", "order.updated"])
        let chair = #"{"service":"haircut","resource":"Chair 1","start":"2026-12-01T10:00"}"#
        try assertSlug("double-booked") { try shop.book(chair) }
    }

    func testAnotherCustomersBookingKeepsItsPlace() throws {
        let (shop, order) = try salon()
        try shop.database.write { [channel = shop.channel, occasion = shop.occasion] transaction in
            var fields = CustomerFields()
            fields.name = "Ann"
            let ann = try CustomerWriter(transaction, occasion).create(fields, source: "staff")
            try ChannelTransaction(transaction, channel, occasion).move(order, to: ann)
        }

        try assertSlug("double-booked") {
            try shop.book(#"{"service":"haircut","resource":"Chair 1","start":"2026-12-01T10:00"}"#)
        }
        XCTAssertEqual(try shop.ask("list").first?["customer"]?.integerValue, 1)
    }

    func testStatesFollowOneAnother() throws {
        var (shop, order) = try salon()
        let early = shop
        try assertSlug("not-yet") { try early.ask("attend", #"{"ext":"a"}"#) }
        // It begins at 09:00 in UTC.
        shop.occasion.at = try Instant(parsing: "2026-12-01T08:00:00Z", zone: .gmt)
        let say = { (verb: String) in try shop.ask(verb, #"{"ext":"a"}"#).first?["state"]?.stringValue }

        XCTAssertEqual(try say("confirm"), "confirmed")
        XCTAssertEqual(try say("confirm"), "confirmed")
        try assertSlug("not-yet") { try say("no-show") }
        XCTAssertEqual(try say("attend"), "attended")
        try assertSlug("wrong-state") { try say("confirm") }
        try assertSlug("wrong-state") { try say("cancel") }
        try assertSlug("wrong-state") { try self.move(shop, #""start":"2026-12-04T10:00""#) }
        XCTAssertEqual(
            try shop.topics(of: order),
            ["order.registered", "order.updated", "booking.confirmed", "order.updated", "booking.attended"])
    }

    func testWhoDidNotComeMayComeAnotherTime() throws {
        let (shop, _) = try salon()
        try shop.book(#"{"service":"haircut","start":"2026-11-20T10:00"}"#, ext: "b")

        XCTAssertEqual(try shop.ask("no-show", #"{"ext":"b"}"#).first?["state"], .string("no-show"))
        XCTAssertEqual(
            try shop.ask("reschedule", #"{"ext":"b","start":"2026-12-20T10:00"}"#).first?["state"],
            .string("rescheduled"))
        XCTAssertEqual(try shop.ask("cancel", #"{"ext":"b"}"#).first?["state"], .string("cancelled"))
        XCTAssertEqual(try shop.ask("cancel", #"{"ext":"b"}"#).first?["state"], .string("cancelled"))
    }

    func testAnotherStartKeepsTheLengthUnlessTheEndIsNamed() throws {
        let (shop, order) = try salon()
        let shown = { (order: Order) in
            let details = try JSON(parsing: order.details.bytes)
            return [details["start"], details["end"], details["end_at"]].map { $0?.stringValue ?? "" }
        }

        let moved = try shop.update(order, #"{"start":"2026-12-01T10:15"}"#)
        XCTAssertEqual(try shown(moved), ["2026-12-01T10:15", "2026-12-01T11:00", "2026-12-01T10:00:00Z"])
        let shortened = try shop.update(moved, #"{"start":"2026-12-01T10:30","end":"2026-12-01T11:00"}"#)
        XCTAssertEqual(try shown(shortened), ["2026-12-01T10:30", "2026-12-01T11:00", "2026-12-01T10:00:00Z"])
        let later = try shop.update(shortened, #"{"start":"2026-12-03T09:00"}"#)
        XCTAssertEqual(try shown(later), ["2026-12-03T09:00", "2026-12-03T09:30", "2026-12-03T08:30:00Z"])
    }

    func testOthersThanStaffDecideNoLengthThatTheServiceHas() throws {
        var (shop, order) = try salon()
        shop.occasion.actor = .channel("web")
        let long = #"{"service":"haircut","start":"2026-12-05T10:00","end":"2026-12-05T20:00"}"#

        let refusal = try assertSlug("wrong-length") { try shop.book(long) }
        XCTAssertEqual(refusal?.kind, .rejected)
        XCTAssertEqual(
            refusal?.description,
            "haircut takes 45 minutes, so it would end at 2026-12-05T10:45; staff alone may agree on something else")
        try assertSlug("wrong-length") { try shop.update(order, #"{"end":"2026-12-01T10:15"}"#) }
        try assertSlug("wrong-length") { try self.move(shop, #""end":"2026-12-01T20:00""#) }
        try shop.book(long.replacing("T20:00", with: "T10:45"), ext: "b")

        shop.occasion.actor = .staff("lena")
        let lengthened = try shop.update(order, #"{"end":"2026-12-01T12:00"}"#)
        // What staff agreed on stays agreed.
        shop.occasion.actor = .channel("web")
        let moved = try shop.update(lengthened, #"{"start":"2026-12-02T10:00"}"#)
        XCTAssertEqual(try JSON(parsing: moved.details.bytes)["end"], .string("2026-12-02T12:00"))
    }

    func testAMovedRequestStaysARequest() throws {
        var (shop, order) = try salon()
        XCTAssertEqual(try shop.update(order, #"{"start":"2026-12-02T09:00"}"#).channelState, "requested")
        shop.occasion.actor = .channel("web")
        XCTAssertEqual(try move(shop, #""start":"2026-12-02T10:00""#)["state"], .string("requested"))

        var (quick, _) = try salon(["confirm_at_once": "true"])
        quick.occasion.actor = .channel("web")
        XCTAssertEqual(try move(quick, #""start":"2026-12-02T10:00""#)["state"], .string("rescheduled"))
    }

    func testOthersThanStaffMustBeInTime() throws {
        var (shop, order) = try salon(["cancel_hours": "240", "reschedule_hours": "215"])
        shop.occasion.actor = .channel("web")

        let refusal = try assertSlug("too-late") { try shop.ask("cancel", #"{"ext":"a"}"#) }
        XCTAssertEqual(refusal?.details.first?.value, .string("2026-11-21T09:00:00Z"))
        try assertSlug("too-late") { try shop.update(order, state: "cancelled") }
        // It is nine days less an hour before the start.
        let moved = try move(shop, #""start":"2026-11-30T10:00""#)
        XCTAssertEqual(moved["rev"]?.integerValue, 2)
        try assertSlug("too-late") { try self.move(shop, #""start":"2026-12-24T10:00""#) }
        shop.occasion.actor = .staff("lena")
        try shop.ask("cancel", #"{"ext":"a"}"#)
    }

    func testDeadlinesAreHours() {
        for hours in ["soon", "-1", "8761", "1.5"] {
            XCTAssertThrowsError(try Booking.made(["cancel_hours": hours])) {
                XCTAssertEqual(
                    $0 as? ChannelRefusal, .badValue("cancel_hours", "hours from 0 to 8760 are needed, or nothing"))
            }
        }
    }

    func testABookingIsNamedInOneWay() throws {
        let (shop, _) = try salon()

        try assertSlug("bad-value") { try shop.ask("confirm") }
        try assertSlug("bad-value") { try shop.ask("confirm", #"{"id":1,"ext":"a"}"#) }
        for arguments in [#"{"id":99}"#, #"{"ext":"zzz"}"#] {
            XCTAssertThrowsError(try shop.ask("confirm", arguments)) {
                XCTAssertEqual($0 as? OrderError, .notFound)
            }
        }
    }

    func testABookingOfBeforeThereWereTablesGoesOn() throws {
        let (shop, order) = try salon()
        _ = try shop.database.write { [channel = shop.channel, occasion = shop.occasion] transaction in
            try ChannelTransaction(transaction, channel, occasion).change("DELETE FROM booking__booking")
        }
        XCTAssertEqual(try shop.ask("list"), [])

        try shop.ask("confirm", #"{"ext":"a"}"#)
        XCTAssertEqual(try shop.ask("list").map { $0["id"]?.integerValue }, [order.id.rawValue])
        _ = try move(shop, #""start":"2026-12-05T10:00""#)
        try assertSlug("double-booked") {
            try shop.book(#"{"service":"haircut","resource":"Chair 1","start":"2026-12-05T10:00"}"#)
        }
    }

    func testTheListGoesByDayResourceAndService() throws {
        let (shop, order) = try salon()
        let other = try shop.book(
            #"{"service":"walk","start":"2026-12-02T00:00","end":"2026-12-02T01:00","time_zone":"Europe/Berlin"}"#)
        let ids = { (arguments: String) in
            try shop.ask("list", "{\(arguments)}").compactMap { $0["id"]?.integerValue }
        }

        XCTAssertEqual(try ids(""), [order.id.rawValue, other.id.rawValue])
        XCTAssertEqual(try ids(#""day":"2026-12-01""#), [order.id.rawValue])
        XCTAssertEqual(try ids(#""day":"2026-12-02""#), [other.id.rawValue])
        XCTAssertEqual(try ids(#""resource":"chair 1","service":"haircut""#), [order.id.rawValue])
        XCTAssertEqual(try ids(#""resource":"chair 2""#), [])
        XCTAssertEqual(try ids(#""service":"haircut","to":"2026-12-01T10:00""#), [])
        XCTAssertEqual(
            try ids(#""after":[1796115600,\#(order.id.rawValue)]"#), [other.id.rawValue])
        try shop.ask("cancel", #"{"ext":"a"}"#)
        XCTAssertEqual(try ids(""), [other.id.rawValue])
        XCTAssertEqual(try ids(#""cancelled":true"#).count, 2)
        try assertSlug("no-service") { try ids(#""service":"walk""#) }
        try assertSlug("bad-value") { try ids(#""day":"2026-12-01","to":"2026-12-02""#) }
        try assertSlug("bad-value") { try ids(#""after":["x"]"#) }
    }
}
