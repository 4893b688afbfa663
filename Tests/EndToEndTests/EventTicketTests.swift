import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class EventTicketTests: XCTestCase {
    private static let setUp = [
        #"events.create event=jazz title="Jazz night" place="Town hall" starts=2099-12-24T20:00 time_zone=Europe/Berlin"#,
        #"events.set-ticket-type event=jazz type=seat name=Stalls price=25.00 tax_rate=7 quota=3"#,
    ]

    func testAnEveningFromTheSaleToTheDoor() throws {
        try withShop { _, connection in
            for line in Self.setUp { try connection.ok(line) }
            let held = try connection.ok(
                #"events.hold jazz tickets=[{"type":"seat","attendee":"Bo Li"},{"type":"seat"}] customer={"email":"ann@example.org","name":"Ann"}"#
            )
            let order = try XCTUnwrap(held.number("order"))
            XCTAssertEqual(held.text("total"), "50.00")
            XCTAssertEqual(held.text("state"), "held")
            XCTAssertNotNil(held.text("expires"))

            try connection.ok("events.pay \(order)")
            try connection.ok(#"events.rename-attendee \#(order)002 name="Cem Öz""#)
            let tickets = try XCTUnwrap(try connection.ok("events.tickets \(order)")["tickets"]?.arrayValue)
            try connection.ok("events.check-in jazz secret=\(tickets[0].text("secret") ?? "") where=north")
            try connection.ok("events.refund-ticket \(order)002")

            let shown = try connection.ok("order.show \(order)")
            XCTAssertEqual(shown.text("channel_state"), "checked-in")
            XCTAssertEqual(shown.text("refunded"), "25.00")
            XCTAssertEqual(shown.text("tax"), "3.27")
            let summary = (shown["summary"]?.arrayValue ?? []).map {
                "\($0.text("label") ?? ""): \($0.text("text") ?? "")"
            }
            XCTAssertEqual(summary.prefix(2), ["Event: Jazz night", "Date: 2099-12-24T20:00"])
            XCTAssertEqual(summary.suffix(2), ["Ticket: seat: Bo Li", "Ticket: seat: Cem Öz"])
            let event = try connection.ok("events.show jazz")
            XCTAssertEqual(event.text("starts"), "2099-12-24T19:00:00Z")
            XCTAssertEqual(event.text("local_start"), "2099-12-24 20:00")
            let seat = event["ticket_types"]?.arrayValue?.first
            XCTAssertEqual(seat?.number("sold"), 1)
            XCTAssertEqual(seat?.number("left"), 2)
            XCTAssertEqual(
                try connection.rows("event.list from=1 topics=events.*").map { $0.text("topic") },
                [
                    "events.event-created", "events.ticket-type-set", "events.attendee-renamed", "events.checked-in",
                    "events.ticket-refunded",
                ])
            XCTAssertEqual(
                try connection.ok("channel.product channel=events sku=jazz/seat").text("name"), "Jazz night: Stalls")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testTheDoorStaysOpenWhileNothingIsSold() throws {
        try withShop { _, connection in
            for line in Self.setUp { try connection.ok(line) }
            let hold = #"events.hold jazz tickets=[{"type":"seat","attendee":"Bo"},{"type":"seat","attendee":"Cem"}]"#
            let order = try XCTUnwrap(try connection.ok(hold).number("order"))
            try connection.ok("events.pay \(order)")
            try connection.ok("channel.disable events")

            try connection.ok("events.check-in jazz ticket=\(order)001")
            try connection.ok("events.undo-check-in \(order)001")
            try connection.ok("events.refund-ticket \(order)002")
            try connection.ok("events.tickets \(order)")
            XCTAssertEqual(try connection.refusal(hold), "409 channel-disabled")
        }
    }

    func testAPaidOrderIsRefundedNotCalledOff() throws {
        try withShop { _, connection in
            for line in Self.setUp { try connection.ok(line) }
            let hold = #"events.hold jazz tickets=[{"type":"seat","attendee":"Bo"}]"#
            let order = try XCTUnwrap(try connection.ok(hold).number("order"))
            try connection.ok("events.pay \(order)")

            for line in [
                "order.cancel \(order)", "order.update \(order) state=expired", "order.update \(order) state=held",
            ] { XCTAssertEqual(try connection.refusal(line), "409 already-paid", line) }

            XCTAssertEqual(try connection.ok("order.refund \(order)").text("refunded"), "25.00")
        }
    }

    func testTheCoresVerbsGiveTicketsBack() throws {
        try withShop { _, connection in
            for line in Self.setUp { try connection.ok(line) }
            let details = #"details={"event":"jazz","tickets":[{"type":"seat","attendee":"A"}]}"#
            for (ext, state) in [("a", "held"), ("b", "paid"), ("c", "paid")] {
                try connection.ok("order.register channel=events ext=\(ext) state=\(state) \(details)")
            }
            let line = "order.register channel=events ext=d \(details)"
            XCTAssertEqual(try connection.refusal(line), "409 quota-exhausted")
            try connection.ok("order.cancel channel=events ext=a")
            try connection.ok("order.refund channel=events ext=b")

            XCTAssertEqual(try connection.ok(line)["existing"]?.boolValue, false)

            // The same order again finds the first, though it would not fit by now.
            try connection.ok("events.set-ticket-type event=jazz type=seat quota=2")
            XCTAssertEqual(try connection.ok(line)["existing"]?.boolValue, true)
            XCTAssertEqual(try connection.ok("order.show channel=events ext=b").text("channel_state"), "refunded")
            let seat = try connection.rows("events.ticket-types jazz").first
            XCTAssertEqual([seat?.number("sold"), seat?.number("held"), seat?.number("left")], [1, 1, 0])
        }
    }

    func testWhoComesIsExportedAndErasedAndSecretsAreForThoseWhoPrint() throws {
        try withShop { daemon, connection in
            for line in Self.setUp { try connection.ok(line) }
            let held = try connection.ok(
                #"events.hold jazz tickets=[{"type":"seat","attendee":{"name":"Marker Öz","email":"marker@example.org"}}] customer={"email":"ann@example.org"}"#
            )
            let order = try XCTUnwrap(held.number("order"))
            try connection.ok("events.pay \(order)")
            let shown = try connection.ok("events.tickets \(order)")
            let secret = try XCTUnwrap(shown["tickets"]?.arrayValue?.first?.text("secret"))
            let proof = String(secret.suffix(32))

            let data = try connection.rows("customer.data 1").map(\.text).joined()
            XCTAssertTrue(data.contains("marker@example.org"))
            XCTAssertFalse(data.contains(proof))
            let token = try XCTUnwrap(try connection.ok("token.create role=reader").text("token"))
            let reader = try daemon.connect()
            try reader.ok("auth \(token)")
            XCTAssertEqual(try reader.refusal("events.tickets \(order)"), "403 forbidden")
            XCTAssertEqual(try reader.refusal("events.check-in jazz ticket=\(order)001"), "403 forbidden")
            XCTAssertFalse(try reader.rows("events.attendees jazz").contains { $0.text.contains(proof) })
            let other = try XCTUnwrap(try connection.ok("token.create role=channel channel=pos").text("token"))
            let till = try daemon.connect()
            try till.ok("auth \(other)")
            XCTAssertEqual(try till.refusal("events.tickets \(order)"), "403 forbidden")

            try connection.ok("customer.erase 1 confirm=1")

            let attendee = try XCTUnwrap(try connection.rows("events.attendees jazz").first)
            XCTAssertEqual(attendee["attendee"], .null)
            XCTAssertEqual(attendee.text("state"), "valid")
            XCTAssertEqual(try connection.rows("events.attendees jazz search=marker").count, 0)
            XCTAssertFalse(try connection.ok("order.show \(order)").text.lowercased().contains("marker"))
            XCTAssertEqual(try connection.ok("order.refund \(order)").text("channel_state"), "refunded")
        }
    }

    func testTestOrdersAreRehearsedAndPurgedWithTheirTickets() throws {
        try withShop { _, connection in
            for line in Self.setUp { try connection.ok(line) }
            let order = try connection.ok(
                #"order.register channel=events ext=t test=true state=paid customer={"email":"t@example.org"} details={"event":"jazz","tickets":[{"type":"seat","attendee":"T"}]}"#
            ).number("order")
            XCTAssertEqual(try connection.rows("events.attendees jazz").count, 1)
            XCTAssertEqual(try connection.rows("events.ticket-types jazz").first?.number("left"), 3)

            try connection.ok("customer.purge-tests expect=1")

            XCTAssertEqual(try connection.rows("events.attendees jazz").count, 0)
            let next = try connection.ok(#"events.hold jazz tickets=[{"type":"seat"}]"#).number("order")
            XCTAssertNotEqual(next, order)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }
}
