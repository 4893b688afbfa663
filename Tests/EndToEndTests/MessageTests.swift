import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class MessageTests: XCTestCase {
    private static let mail = "mail.from=shop@acme.example mail.reply=reply+{token}@acme.example"

    func testAMessageIsInTheOutboxAndItsAnswerInTheCustomersSheet() throws {
        try withShop(Self.mail) { daemon, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            let staff = try daemon.connect(to: "acme", as: "lena")

            let sent = try staff.ok(#"message.send customer=1 subject="Your mug" text="It is ready.""#)
            XCTAssertEqual(sent.text("author"), "staff:lena")
            XCTAssertEqual(sent.text("state"), "queued")
            let mail = try XCTUnwrap(connection.rows("message.outbox kind=message").first)
            XCTAssertEqual(mail.text("to"), "ann@example.org")
            XCTAssertEqual(mail.text("text"), "It is ready.")
            let raw = """
                From: Ann <ann@example.org>\r\nTo: shop@acme.example\r\nSubject: Re: Your mug\r\n\
                Message-ID: <a1@example.org>\r\nIn-Reply-To: <\(mail.text("message_id") ?? "")>\r\n\r\nI am coming.\r\n
                """
            let data = Data(raw.utf8).base64EncodedString()

            let received = try connection.ok("message.receive data=\(data)")

            XCTAssertEqual(received.text("outcome"), "thread")
            XCTAssertEqual(received["thread"], sent["thread"])
            XCTAssertEqual(try connection.ok("message.receive data=\(data)").text("outcome"), "existing")
            let messages = try connection.rows("message.list customer=1")
            XCTAssertEqual(messages.map { $0.text("direction") }, ["in", "out"])
            XCTAssertEqual(messages.map { $0["unread"]?.boolValue }, [true, false])
            XCTAssertEqual(try connection.rows("message.threads unread=true").count, 1)
            XCTAssertEqual(try connection.ok("message.read thread=1")["unread"]?.integerValue, 0)
            XCTAssertEqual(try connection.rows("message.threads unread=true"), [])
            let timeline = try connection.rows("timeline.list 1")
            XCTAssertFalse(timeline.contains { $0.text.contains("ready") || $0.text.contains("coming") })
            XCTAssertEqual(timeline.first?.text("topic"), "message.received")
        }
    }

    func testMailsAreForStaffAlone() throws {
        try withShop(Self.mail) { daemon, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            for role in ["portal", "channel channel=pos", "reader"] {
                let token = try connection.ok("token.create role=\(role)").text("token") ?? ""
                let client = try daemon.connect()
                try client.ok("auth \(token)")
                for line in [
                    "message.outbox", "message.send customer=1 subject=x text=x", "message.retry 1",
                    "message.receive text=x", "message.unassigned",
                ] {
                    XCTAssertEqual(try client.refusal(line), "403 forbidden", "\(role): \(line)")
                }
            }
        }
    }

    func testANewsletterIsCountedFirstAndReachesOnlyThoseWhoAgreed() throws {
        try withShop("\(Self.mail) link.url=https://acme.example/{action}/{token}") { _, connection in
            for name in ["ann", "bo", "cy"] {
                try connection.ok("customer.create name=\(name) email=\(name)@example.org")
            }
            for customer in [1, 2] { try connection.ok("consent.subscribe customer=\(customer) wording=v1") }
            let line = "message.bulk subject=News text=Hello"

            let preview = try connection.ok("\(line) preview=true")
            XCTAssertEqual(preview["count"]?.integerValue, 2)
            XCTAssertEqual(preview["without_consent"]?.integerValue, 1)
            XCTAssertEqual(try connection.refusal("\(line) expect=3"), "409 count-differs")
            XCTAssertEqual(try connection.rows("message.outbox kind=bulk"), [])
            let mailing = try connection.ok("\(line) expect=2 key=n1")
            XCTAssertEqual(mailing["mails"]?.text, #"{"queued":2}"#)
            XCTAssertEqual(mailing.text("state"), "queued")
            XCTAssertEqual(try connection.ok("\(line) expect=2 key=n1")["replayed"]?.boolValue, true)
            XCTAssertEqual(
                try connection.rows("message.outbox kind=bulk").map { $0.text("to") },
                ["bo@example.org", "ann@example.org"])

            let cancelled = try connection.ok("message.cancel-bulk 1")

            XCTAssertEqual(cancelled.text("state"), "cancelled")
            XCTAssertEqual(cancelled["mails"]?.text, #"{"cancelled":2}"#)
            XCTAssertEqual(try connection.rows("message.bulks").count, 1)
        }
    }
}
