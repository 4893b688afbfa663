import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class OnePersonTests: XCTestCase {
    func testOnePersonOfManySpellingsIsOneCustomerWithOneTimeline() throws {
        try withShop { _, connection in
            let answers = try [
                #"order.register channel=online-shop ext=1 customer={"email":"Ann@Example.org","name":"Ann Öz","phone":"0171 2345678"} total=10.00"#,
                #"order.register channel=booking ext=2 customer={"email":" ann@EXAMPLE.ORG ","name":"A. Oez"} total=20.00 details={"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin"}"#,
                #"order.register channel=pos ext=3 customer={"phone":"+49 171 2345678"} total=30.00 details={"register":"7","receipt":"1"}"#,
                #"order.register channel=manual ext=4 customer={"phone":"0049 (171) 234-5678"} total=40.00 details={"source":"phone"}"#,
            ].map { try connection.ok($0) }

            XCTAssertEqual(answers.map { $0.number("customer") }, [1, 1, 1, 1])
            XCTAssertEqual(answers.map { $0.text("match") }, ["created", "email", "phone", "phone"])
            XCTAssertEqual(answers.map { $0["created"]?.boolValue }, [true, false, false, false])
            let ann = try connection.ok("customer.show 1")
            XCTAssertEqual(ann.text("name"), "Ann Öz")
            XCTAssertEqual(ann.text("email"), "Ann@Example.org")
            XCTAssertEqual(ann.number("orders"), 4)
            XCTAssertEqual(ann["totals"]?.text("EUR"), "100.00")
            XCTAssertEqual(
                ann["channels"]?.arrayValue?.compactMap(\.stringValue), ["booking", "manual", "online-shop", "pos"])
            XCTAssertEqual(try connection.rows("customer.list").count, 1)
            let timeline = try connection.rows("timeline.list 1").filter { $0.text("topic") == "order.registered" }
            XCTAssertEqual(
                timeline.map { $0["data"]?.text("channel") }, ["manual", "pos", "booking", "online-shop"])
        }
    }

    func testTheReasonOfAMatchIsStoredWithTheOrder() throws {
        try withShop { _, connection in
            try connection.ok(#"customer.create email=bo@example.org phone="030 1234567""#)
            let buyers = [
                ("1", "given"), (#"{"email":"BO@example.org"}"#, "email"), (#"{"phone":"+49301234567"}"#, "phone"),
                (#"{"email":"bo@example.org","ext":"u-9"}"#, "email"), (#"{"ext":"u-9"}"#, "external-id"),
                (#"{"email":"new@example.org"}"#, "created"),
            ]
            for (number, (buyer, reason)) in buyers.enumerated() {
                let line = "order.register channel=online-shop ext=\(number) customer=\(buyer) total=1.00"
                XCTAssertEqual(try connection.ok(line).text("match"), reason, line)
                let order = try connection.ok("order.show channel=online-shop ext=\(number)")
                XCTAssertEqual(order.text("match"), reason, line)
            }
            try connection.ok("order.register channel=online-shop ext=none total=1.00")
            let alone = try connection.ok("order.show channel=online-shop ext=none")
            XCTAssertEqual(alone.text("match"), "none")
            XCTAssertEqual(alone["customer"], .null)
        }
    }

    func testAnOrderKeepsTheBuyerAsTheChannelKnewHer() throws {
        try withShop { _, connection in
            try connection.ok(#"customer.create email=ann@example.org name="Ann Öz""#)
            let line =
                #"order.register channel=online-shop ext=1 customer={"email":"ANN@example.org","name":"Other"} total=1.00"#
            try connection.ok(line)

            let order = try connection.ok("order.show 1")

            XCTAssertEqual(order["buyer"]?.text("name"), "Other")
            XCTAssertEqual(order["buyer"]?.text("email"), "ANN@example.org")
            XCTAssertEqual(try connection.ok("customer.show 1").text("name"), "Ann Öz")
        }
    }
}
