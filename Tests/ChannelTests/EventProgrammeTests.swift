import ChannelKit
import Events
import XCTest

/// What a shop's events are and how they are found.
final class EventProgrammeTests: XCTestCase {
    func testATicketTypeIsAProduct() throws {
        let desk = try EventDesk.jazz(quota: 5)

        let product = try desk.inside { try Events.made().product("jazz/seat", $0.services) }

        XCTAssertEqual(product?.name, "Jazz night: seat")
        XCTAssertEqual(product?.unitPrice?.text, "10")
        XCTAssertNil(try desk.inside { try Events.made().product("jazz/box", $0.services) })
    }

    func testWrongEventsAreRefused() throws {
        let desk = try EventDesk.jazz(quota: 5)
        for (arguments, slug) in [
            (#"{"event":"jazz","title":"J","starts":"2026-12-24"}"#, "409 event-exists"),
            (#"{"event":"Jazz night","title":"J","starts":"2026-12-24"}"#, "400 bad-value"),
            (#"{"event":"rock","title":" ","starts":"2026-12-24"}"#, "400 bad-value"),
            (#"{"event":"rock","title":"J","starts":"soon"}"#, "400 bad-value"),
            (#"{"event":"rock","title":"J","starts":"2026-12-24","ends":"2026-12-23"}"#, "400 bad-value"),
            (#"{"event":"rock","title":"J","starts":"2026-12-24","time_zone":"Mars"}"#, "400 bad-value"),
            (
                #"{"event":"rock","title":"J","starts":"2026-12-24","sales_starts":"2026-12-02","sales_ends":"2026-12-01"}"#,
                "400 bad-value"
            ),
        ] { desk.assertRefused("create", arguments, slug) }
        for (arguments, slug) in [
            (#"{"event":"jazz","type":"box"}"#, "422 incomplete"),
            (#"{"event":"jazz","type":"box","price":"-1"}"#, "400 bad-value"),
            (#"{"event":"jazz","type":"box","price":"1","quota":-1}"#, "400 bad-value"),
            (#"{"event":"jazz","type":"box","price":"1","per_order":0}"#, "400 bad-value"),
            (#"{"event":"jazz","type":"box","price":"1","tax_rate":"101"}"#, "400 bad-value"),
        ] { desk.assertRefused("set-ticket-type", arguments, slug) }
        XCTAssertEqual(try desk.ask("list").arrayValue?.count, 1)
        XCTAssertEqual(try desk.ask("ticket-types", #"{"event":"jazz"}"#).arrayValue?.count, 1)
        XCTAssertThrowsError(try EventDesk(["hold_minutes": "soon"])) {
            XCTAssertEqual($0 as? ChannelRefusal, .badValue("hold_minutes", "1 to 86400 minutes are needed"))
        }
    }

    func testTimesThatAClockChangeSkipsOrRepeatsAreRefused() throws {
        let desk = try EventDesk.jazz(quota: 5)
        let event = #"{"event":"rock","title":"R","time_zone":"Europe/Berlin","starts":"#
        desk.assertRefused("create", event + #""2027-03-28T02:30"}"#, "422 time-does-not-exist")
        desk.assertRefused("create", event + #""2027-10-31T02:30"}"#, "422 time-ambiguous")
        desk.assertRefused("create", event + #""2027-10-31T02:30","starts_offset":"+03:00"}"#, "400 bad-value")
        for name in ["starts", "ends", "sales_starts", "sales_ends"] {
            let change = #"{"event":"jazz","\#(name)":"2027-10-31T02:30"}"#
            desk.assertRefused("update", change, "422 time-ambiguous")
        }
        desk.assertRefused(
            "set-ticket-type", #"{"event":"jazz","type":"seat","sales_ends":"2027-03-28T02:30"}"#,
            "422 time-does-not-exist")

        let created = try desk.ask("create", event + #""2027-10-31T02:30","starts_offset":"+01:00"}"#)

        XCTAssertEqual(created["starts"]?.stringValue, "2027-10-31T01:30:00Z")
        XCTAssertEqual(
            try desk.ask("update", #"{"event":"rock","starts":"2027-10-31T02:30+02:00"}"#)["starts"]?.stringValue,
            "2027-10-31T00:30:00Z")
    }

    func testEventsAreListedByTheirBeginningAPageAtATime() throws {
        let desk = try EventDesk()
        for day in [24, 22, 23] {
            try desk.ask("create", #"{"event":"e\#(day)","title":"E","starts":"2026-12-\#(day)"}"#)
        }

        var (rows, next) = try desk.page("list", #"{"limit":2}"#, after: nil)
        XCTAssertEqual(rows.map { $0["event"]?.stringValue }, ["e22", "e23"])
        (rows, next) = try desk.page("list", #"{"limit":2}"#, after: next)
        XCTAssertEqual(rows.map { $0["event"]?.stringValue }, ["e24"])
        XCTAssertNil(next)
        let some = try desk.ask("list", #"{"from":"2026-12-23","to":"2026-12-24","state":"on-sale"}"#)
        XCTAssertEqual(some.arrayValue?.count, 1)
        XCTAssertEqual(some.arrayValue?.first?["local_start"]?.stringValue, "2026-12-23 00:00")
    }
}
