import ChannelKit
import Events
import XCTest

final class EventDoorTests: XCTestCase {
    func testAnOrderIsNotCancelledWhileSomebodyIsInButMayBeRefunded() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let order = try desk.register(#"{"event":"jazz","tickets":[{"type":"seat","attendee":"Bo"}]}"#) {
            ($0.state, $0.channelState, $0.isStateGiven) = (.confirmed, "paid", true)
        }.order
        try desk.ask("check-in", #"{"event":"jazz","ticket":\#(order.rawValue)001}"#)

        XCTAssertThrowsError(try desk.set(order, .cancelled, "cancelled")) { error in
            XCTAssertEqual(
                error as? ChannelRefusal,
                .conflict(
                    "checked-in", "somebody came in with a ticket of this order; events.undo-check-in comes first",
                    details: [.init(name: "tickets", value: .array([.number("\(order.rawValue)001")]))]))
        }
        try desk.ask("undo-check-in", #"{"ticket":\#(order.rawValue)001}"#)
        try desk.set(order, .cancelled, "cancelled")
        XCTAssertEqual(try desk.seats(), "0 sold, 0 held, 2 left")

        let inside = try desk.sell(1)
        try desk.ask("check-in", #"{"event":"jazz","ticket":\#(inside.rawValue)001}"#)
        try desk.set(inside, .refunded, "refunded")
        XCTAssertEqual(try desk.states(inside), ["checked-in"])
        XCTAssertEqual(try desk.seats(), "1 sold, 0 held, 1 left")
    }

    func testATicketOpensTheDoorOnce() throws {
        var desk = try EventDesk.jazz(quota: 2)
        let order = try desk.sell(1)
        let secret = try desk.secret(order)
        let entry = try desk.ask("check-in", #"{"event":"jazz","secret":"\#(secret)","where":"north"}"#)
        XCTAssertEqual(entry["state"]?.stringValue, "checked-in")
        XCTAssertEqual(entry["checked_in_at"]?.stringValue, "2026-11-22T10:00:00Z")
        XCTAssertEqual(entry["where"]?.stringValue, "north")
        XCTAssertNil(entry["secret"])

        desk.pass(minutes: 5)

        XCTAssertThrowsError(
            try desk.ask("check-in", #"{"event":"jazz","secret":"\#(secret.uppercased())","where":"south"}"#)
        ) {
            XCTAssertEqual(
                $0 as? ChannelRefusal,
                .conflict(
                    "already-checked-in", "the ticket was checked in at 2026-11-22T10:00:00Z, north",
                    details: [
                        .init(name: "at", value: .string("2026-11-22T10:00:00Z")),
                        .init(name: "where", value: .string("north")), .init(name: "by", value: .string("staff:lena")),
                    ]))
        }
        XCTAssertEqual(try desk.order(order).channelState, "checked-in")
    }

    func testAnOrderIsCheckedInOnceAllOfItAre() throws {
        let desk = try EventDesk.jazz(quota: 2)
        let order = try desk.sell(2)

        try desk.ask("check-in", #"{"event":"jazz","ticket":\#(order.rawValue)002}"#)
        XCTAssertEqual(try desk.order(order).state, .confirmed)
        try desk.ask("check-in", #"{"event":"jazz","ticket":\#(order.rawValue)001}"#)
        XCTAssertEqual(try desk.order(order).state, .completed)
        let undone = try desk.ask("undo-check-in", #"{"ticket":\#(order.rawValue)002}"#)

        XCTAssertEqual(undone["state"]?.stringValue, "valid")
        XCTAssertEqual(undone["checked_in_at"], .null)
        XCTAssertEqual(try desk.order(order).channelState, "paid")
        XCTAssertEqual(try desk.states(order), ["checked-in", "valid"])
        XCTAssertEqual(try desk.seats(), "2 sold, 0 held, 0 left")
        desk.assertRefused("undo-check-in", #"{"ticket":\#(order.rawValue)002}"#, "409 not-checked-in")
    }

    func testTheOnlyTicketOfAnOrderCanBeCheckedInUndoneAndCheckedInAgain() throws {
        let desk = try EventDesk.jazz(quota: 1)
        let order = try desk.sell(1)
        let ticket = #""ticket":\#(order.rawValue)001"#

        for _ in 0..<3 {
            try desk.ask("check-in", #"{"event":"jazz",\#(ticket)}"#)
            XCTAssertEqual(try desk.order(order).state, .completed)
            try desk.ask("undo-check-in", "{\(ticket)}")
            XCTAssertEqual(try desk.order(order).state, .confirmed)
            XCTAssertEqual(try desk.states(order), ["valid"])
        }
    }

    func testOnlyAGoodTicketOfTheEventOpensTheDoor() throws {
        var desk = try EventDesk.jazz(quota: 9)
        try desk.ask("create", #"{"event":"rock","title":"Rock night","starts":"2026-12-25T20:00"}"#)
        let held = try desk.hold(1)
        let cancelled = try desk.sell(1)
        try desk.set(cancelled, .cancelled, "cancelled")
        let late = try desk.hold(1, minutes: 1)
        let good = try desk.sell(1)
        desk.pass(minutes: 2)
        try desk.ask("sweep")

        for (ticket, slug) in [
            ("\(held.rawValue)001", "409 not-paid"), ("\(cancelled.rawValue)001", "409 ticket-cancelled"),
            ("\(late.rawValue)001", "409 ticket-expired"), ("\(good.rawValue)002", "404 no-ticket"),
            ("0", "404 no-ticket"), ("-1", "404 no-ticket"),
        ] { desk.assertRefused("check-in", #"{"event":"jazz","ticket":\#(ticket)}"#, slug) }
        let secret = try desk.secret(good)
        let wrong = secret.dropLast() + (secret.last == "0" ? "1" : "0")
        for text in [String(wrong), "", "x", "1.2", "\(good.rawValue)001", secret + "0", "." + secret] {
            desk.assertRefused("check-in", #"{"event":"jazz","secret":"\#(text)"}"#, "404 no-ticket")
        }
        desk.assertRefused("check-in", #"{"event":"rock","secret":"\#(secret)"}"#, "409 wrong-event")
        desk.assertRefused("check-in", #"{"event":"jazz"}"#, "422 incomplete")
        desk.assertRefused(
            "check-in", #"{"event":"jazz","ticket":1,"secret":"\#(secret)"}"#, "400 bad-value")
        XCTAssertEqual(try desk.states(good), ["valid"])
    }

    func testSecretsAreStableAndOnlyShownWhereTicketsArePrinted() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let order = try desk.hold(1)
        XCTAssertEqual(try desk.secret(order), "")
        let paid = try desk.ask("pay", #"{"order":\#(order.rawValue)}"#)
        let other = try desk.sell(1)

        let secret = try desk.secret(order)

        XCTAssertEqual(secret.utf8.count, "\(order.rawValue)001.".utf8.count + 32)
        XCTAssertEqual(try desk.secret(order), secret)
        XCTAssertNotEqual(try desk.secret(other).suffix(32), secret.suffix(32))
        let proof = String(secret.suffix(32))
        XCTAssertFalse(paid.text.contains(proof))
        XCTAssertFalse(try desk.ask("attendees", #"{"event":"jazz"}"#).text.contains(proof))
    }

    func testATicketIssuedAnewMakesTheFormerPrintWorthless() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let order = try desk.sell(1)
        let former = try desk.secret(order)

        XCTAssertNil(try desk.ask("reissue", #"{"ticket":\#(order.rawValue)001}"#)["secret"])

        desk.assertRefused("check-in", #"{"event":"jazz","secret":"\#(former)"}"#, "404 no-ticket")
        try desk.ask("check-in", #"{"event":"jazz","secret":"\#(try desk.secret(order))"}"#)
        let held = try desk.hold(1)
        desk.assertRefused("reissue", #"{"ticket":\#(held.rawValue)001}"#, "409 not-paid")
    }

    func testAnAttendeeIsRenamedInTheOrderToo() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let order = try desk.sell(2)

        let renamed = try desk.ask(
            "rename-attendee", #"{"ticket":\#(order.rawValue)002,"name":"Işık Öz","email":"isik@example.org"}"#)

        XCTAssertEqual(renamed["attendee"]?["name"]?.stringValue, "Işık Öz")
        let details = try JSON(parsing: desk.order(order).details.bytes)
        XCTAssertEqual(details["tickets"]?.arrayValue?[1]["attendee"]?["email"]?.stringValue, "isik@example.org")
        for search in ["isik", "IŞIK O", "@example"] {
            let found = try desk.ask("attendees", #"{"event":"jazz","search":"\#(search)"}"#).arrayValue
            XCTAssertEqual(found?.count, 1, search)
        }
        desk.assertRefused("rename-attendee", #"{"ticket":\#(order.rawValue)002}"#, "422 incomplete")
        desk.assertRefused(
            "rename-attendee", #"{"ticket":\#(order.rawValue)002,"email":"isik at home"}"#, "400 bad-value")
        let other = try desk.ask("rename-attendee", #"{"ticket":\#(order.rawValue)002,"name":"Bo"}"#)["attendee"]
        XCTAssertEqual(other?.text, #"{"name":"Bo","email":"isik@example.org"}"#)
        let nobody = try desk.ask("rename-attendee", #"{"ticket":\#(order.rawValue)002,"email":""}"#)["attendee"]
        XCTAssertEqual(nobody?.text, #"{"name":"Bo","email":null}"#)
        desk.assertRefused("rename-attendee", #"{"ticket":\#(order.rawValue)002,"name":" "}"#, "422 incomplete")
        try desk.set(order, .cancelled, "cancelled")
        desk.assertRefused(
            "rename-attendee", #"{"ticket":\#(order.rawValue)002,"name":"Bo"}"#, "409 ticket-cancelled")
    }

    func testAttendeesComeAPageAtATime() throws {
        let desk = try EventDesk.jazz(quota: 9)
        let order = try desk.sell(5)
        try desk.ask("check-in", #"{"event":"jazz","ticket":\#(order.rawValue)003}"#)
        var found: [Int64] = []
        var next: [JSON]?
        repeat {
            let page = try desk.page("attendees", #"{"event":"jazz","limit":2}"#, after: next)
            found += page.rows.compactMap { $0["ticket"]?.integerValue }
            next = page.next
        } while next != nil

        XCTAssertEqual(found, (1...5).map { order.rawValue * 1_000 + $0 })
        let inside = try desk.ask("attendees", #"{"event":"jazz","state":"checked-in"}"#).arrayValue
        XCTAssertEqual(inside?.map { $0["ticket"]?.integerValue }, [order.rawValue * 1_000 + 3])
        desk.assertRefused("attendees", #"{"event":"jazz","state":"gone"}"#, "400 bad-value")
    }
}
